using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Forwarding;

/// <summary>Answers users: held if need be, split by weight, counted.</summary>
internal sealed class PublicRequests(RouteBoard board, Hold hold, RequestForwarder forwarder, EdgeServices services)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var progress = new RequestProgress(services.Time);
        context.Features.Set(progress);
        if (RequestRules.Refuse(context) is { } refusal)
        {
            await EdgeAnswers.RefuseAsync(context, refusal);
            return;
        }
        if (hold.IsOn && !await hold.PassAsync(context.RequestAborted))
        {
            await EdgeAnswers.UnavailableAsync(context, "too many requests wait for a change to end", services);
            return;
        }
        if (board.EnterNext() is not { } backend)
        {
            await EdgeAnswers.UnavailableAsync(context, "nothing is routed", services);
            return;
        }
        try
        {
            await AnswerAsync(context, backend, progress);
        }
        finally
        {
            backend.Side.InFlight.Leave();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AnswerAsync(HttpContext context, Backend backend, RequestProgress progress)
    {
        var outcome = await forwarder.SendAsync(context, backend);
        await EdgeAnswers.CompleteAsync(context, backend, outcome, services);
        var latency = progress.Latency();
        if (outcome is Outcome.Answered or Outcome.Refused)
            backend.Side.Traffic.Answered(latency);
        else if (outcome is Outcome.Abandoned)
            backend.Side.Traffic.Abandon();
        else
            backend.Side.Traffic.Failed(latency);
    }
}
