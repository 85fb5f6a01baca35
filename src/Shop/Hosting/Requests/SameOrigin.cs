using Shop.Configuration;

namespace Shop.Hosting.Requests;

/// <summary>
/// Refuses what another site makes a visitor's browser send
/// (<see href="https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site"/>). Forms carry a token besides.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next, ShopSettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || IsOurs(request))
            return next(context);
        throw new BadHttpRequestException("This request came from another site, so nothing was changed.", StatusCodes.Status403Forbidden);
    }

    private bool IsOurs(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && (string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(from.Authority, settings.PublicUrl.Authority, StringComparison.OrdinalIgnoreCase)));
    }
}
