using Shop.Accounts;
using Shop.Configuration;

namespace Shop.Web.Visits;

/// <summary>Carries a session between browser and shop.</summary>
internal sealed class SessionCookie(SessionStore sessions, ShopSettings settings)
{
    private const string Name = "shop_session";
    private const string Bearer = "Bearer ";

    /// <summary>The session that the request's cookie names, or its <c>Authorization: Bearer</c> header, which only the API's users send.</summary>
    public async Task<Session?> ReadAsync(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var token = authorization.StartsWith(Bearer, StringComparison.Ordinal) ? authorization[Bearer.Length..] : context.Request.Cookies[Name];
        return token is null ? null : await sessions.FindAsync(token, context.RequestAborted);
    }

    /// <summary>The session so far, or a new one without an account.</summary>
    public async Task<Session> OpenAsync(HttpContext context)
    {
        if (await ReadAsync(context) is { } session)
            return session;
        var begun = await sessions.BeginAsync(account: null, context.RequestAborted);
        Write(context, begun);
        return begun;
    }

    public void Write(HttpContext context, Session session) =>
        context.Response.Cookies.Append(Name, session.Token, Options(context, SessionStore.Lifetime));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context, TimeSpan.Zero));

    private CookieOptions Options(HttpContext context, TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps || settings.PublicUrl.Scheme == Uri.UriSchemeHttps,
        MaxAge = lifetime,
        Path = "/",
        IsEssential = true,
    };
}
