using Shop.Configuration;

namespace Shop.Hosting.Requests;

/// <summary>The headers that every answer carries, whatever comes of it.</summary>
internal sealed class ResponseHeaders(RequestDelegate next, ShopSettings settings)
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (settings.PublicUrl.Scheme == Uri.UriSchemeHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        if (settings.Environment != ShopEnvironment.Production)
            headers["X-Robots-Tag"] = "noindex, nofollow";
        return next(context);
    }
}
