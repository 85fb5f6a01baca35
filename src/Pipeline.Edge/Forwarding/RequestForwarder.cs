using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Pipeline.Edge.Forwarding;

/// <summary>Brings one request to one of a backend's instances, and to another one where that is safe.</summary>
internal sealed class RequestForwarder(IHttpForwarder forwarder, EdgeServices services)
{
    private readonly ForwarderConfigurations configurations = new(services.Settings);

    /// <summary>Forwards and says how it ended. When nothing could be answered, the answer is still to be written.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Outcome> SendAsync(HttpContext context, Backend backend)
    {
        List<Destination>? tried = null;
        while (backend.Choose(tried) is { } destination)
        {
            try
            {
                var outcome = await AttemptAsync(context, backend, destination);
                if (outcome is not Outcome.Retry)
                    return outcome;
            }
            finally
            {
                destination.InFlight.Leave();
            }
            (tried ??= []).Add(destination);
        }
        return Outcome.Unreachable;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome> AttemptAsync(HttpContext context, Backend backend, Destination destination)
    {
        var error = await forwarder.SendAsync(
            context, destination.Prefix, destination.Invoker, configurations.For(context.Request), destination.Transformer, backend.Side.Cut);
        if (error == ForwarderError.None)
            return context.Response.StatusCode >= StatusCodes.Status500InternalServerError ? Outcome.Failed : Outcome.Answered;
        // YARP aborts the client's connection then, which must not look as if the client had gone.
        if (error == ForwarderError.ResponseBodyDestination)
            return Outcome.Broken;
        if (context.RequestAborted.IsCancellationRequested)
            return Outcome.Abandoned;
        var problem = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        var unreachable = RetryRules.IsUnreachable(problem);
        if (unreachable)
            destination.Health.Unreachable(problem!.InnerException?.Message ?? problem.Message);
        if (context.Response.HasStarted)
            return Outcome.Broken;
        if (unreachable || RetryRules.IsSafeToRepeat(context, error))
        {
            Forget(context);
            return Outcome.Retry;
        }
        return RetryRules.ClientFault(problem) is { } status ? Refused(context, status) : Outcome.Unanswered;
    }

    private static Outcome Refused(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Outcome.Refused;
    }

    private static void Forget(HttpContext context)
    {
        context.Features.Set<IForwarderErrorFeature>(null);
        context.Response.Clear();
    }
}
