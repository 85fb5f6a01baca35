using Shop.Accounts;
using Shop.Carts;
using Shop.Configuration;

namespace Shop.Web.Visits;

/// <summary>Who looks at a page.</summary>
/// <param name="Session">The visitor's session.</param>
/// <param name="Cart">What the visitor has chosen.</param>
/// <param name="FormToken">What the page's forms carry.</param>
/// <param name="Environment">Where this is: anywhere but in production the page says so.</param>
internal sealed record Visit(Session? Session, Cart Cart, string FormToken, ShopEnvironment Environment)
{
    public Account? Account => Session?.Account;
}
