using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Forwarding;

/// <summary>Answers that the edge gives itself.</summary>
internal static class EdgeAnswers
{
    private const string RetryAfterSeconds = "1";

    public static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        // What follows on this connection cannot be told from the rest of a request that made no sense.
        if (!HttpProtocol.IsHttp2(context.Request.Protocol))
            context.Response.Headers.Connection = "close";
        return WriteAsync(context, refusal.Status, refusal.Reason);
    }

    public static Task UnavailableAsync(HttpContext context, string reason, EdgeServices services)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        if (services.IsRetiring)
            Retiring.EndConnection(context);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, reason);
    }

    /// <summary>Writes what is missing after forwarding ended without an answer of the instance.</summary>
    public static Task CompleteAsync(HttpContext context, Backend backend, Outcome outcome, EdgeServices services)
    {
        if (outcome is not (Outcome.Refused or Outcome.Unanswered or Outcome.Unreachable) || context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.Headers[EdgeHeaders.Release] = backend.Side.Digest;
        if (outcome is Outcome.Unreachable)
            return UnavailableAsync(context, $"no instance of {backend.Side.Colour} can be reached", services);
        if (services.IsRetiring)
            Retiring.EndConnection(context);
        return WriteAsync(context, context.Response.StatusCode, outcome is Outcome.Refused
            ? "the request cannot be read to its end"
            : $"an instance of {backend.Side.Colour} gave no answer");
    }

    private static async Task WriteAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync($"edge: {reason}\n", context.RequestAborted);
    }
}
