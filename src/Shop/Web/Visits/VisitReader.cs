using Shop.Accounts;
using Shop.Carts;
using Shop.Configuration;
using Shop.Web.Forms;

namespace Shop.Web.Visits;

/// <summary>Finds out who looks at a page.</summary>
internal sealed class VisitReader(SessionCookie cookie, CartStore carts, FormToken tokens, ShopSettings settings)
{
    public async Task<Visit> ReadAsync(HttpContext context) => await ReadAsync(context, await cookie.ReadAsync(context));

    public async Task<Visit> ReadAsync(HttpContext context, Session? session) =>
        new(session, await carts.ReadAsync(session, context.RequestAborted), tokens.Issue(context, session), settings.Environment);
}
