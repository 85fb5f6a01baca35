using Microsoft.AspNetCore.Http;
using Pipeline.Edge.Routing;

namespace Pipeline.Edge.Forwarding;

/// <summary>Answers the operator on the private socket: one side by its name, never held, never counted.</summary>
internal sealed class PrivateRequests(RouteBoard board, RequestForwarder forwarder, EdgeServices services)
{
    public async Task AnswerAsync(HttpContext context)
    {
        context.Features.Set(new RequestProgress(services.Time));
        var colour = context.Request.Headers[EdgeHeaders.Backend].ToString();
        if (RequestRules.Refuse(context) is { } refusal)
            await EdgeAnswers.RefuseAsync(context, refusal);
        else if (colour is not ("blue" or "green"))
            await EdgeAnswers.RefuseAsync(context, new Refusal(
                StatusCodes.Status400BadRequest, $"{EdgeHeaders.Backend} is '{colour}'; the private route needs blue or green there"));
        else if (board.Table.ByColour(colour) is not { } backend)
            await EdgeAnswers.UnavailableAsync(context, $"{colour} is not routed", services);
        else
            await EdgeAnswers.CompleteAsync(context, backend, await forwarder.SendAsync(context, backend), services);
    }
}
