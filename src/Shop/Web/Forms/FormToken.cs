using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Shop.Accounts;
using Shop.Configuration;

namespace Shop.Web.Forms;

/// <summary>
/// Proves that a form came from a page of this shop: the page carries a MAC of the visitor's session under a key that only the
/// visitor's cookie holds. Any instance can check it, and it ends with the session.
/// </summary>
internal sealed class FormToken(ShopSettings settings)
{
    public const string Field = "_form";
    private const string Cookie = "shop_form";
    private const int KeyBytes = 32;
    private const int KeyCharacters = 43;

    /// <summary>The token for the forms of the page that answers this request.</summary>
    public string Issue(HttpContext context, Session? session)
    {
        if (Key(context) is { } known)
            return Token(known, session);
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));
        context.Response.Cookies.Append(Cookie, key, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps || settings.PublicUrl.Scheme == Uri.UriSchemeHttps,
            Path = "/",
            IsEssential = true,
        });
        return Token(key, session);
    }

    public static bool IsValid(HttpContext context, Session? session, string token) =>
        Key(context) is { } key
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(Token(key, session)));

    private static string? Key(HttpContext context) =>
        context.Request.Cookies[Cookie] is { Length: KeyCharacters } key ? key : null;

    private static string Token(string key, Session? session) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), Encoding.ASCII.GetBytes(session?.Token ?? "visitor")));
}
