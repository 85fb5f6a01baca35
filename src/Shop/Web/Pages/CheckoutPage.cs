using Shop.Carts;
using Shop.Orders;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>Where to send it, and the button.</summary>
internal static class CheckoutPage
{
    /// <param name="visit">Who buys.</param>
    /// <param name="key">The key of the press of this page's button.</param>
    /// <param name="delivery">What was filled in already.</param>
    /// <param name="faults">What stood against it.</param>
    public static Html View(Visit visit, string key, Delivery delivery, IReadOnlyList<string> faults) => Layout.View(visit, "Checkout", Html.Of($"""
        <section class="wide checkout">
        <div>
          <h1>Checkout</h1>
          {Fields.Faults(faults)}
          <form method="post" action="/checkout" class="form">{Fields.Token(visit)}{Fields.Hidden("key", key)}
            <h2>Where shall it go?</h2>
            {Fields.Line("name", "Name", "text", "name", delivery.Name)}
            {Fields.Line("street", "Street and number", "text", "street-address", delivery.Street)}
            <div class="pair">
            {Fields.Line("postcode", "Postcode", "text", "postal-code", delivery.Postcode)}
            {Fields.Line("city", "City", "text", "address-level2", delivery.City)}
            </div>
            <p class="aside">Payment is taken by our payment provider from the card you keep there. We mail the confirmation to {visit.Account?.Email}.</p>
            <button id="buy">Buy now for {visit.Cart.Total.ToString()}</button>
          </form>
        </div>
        <aside class="summary"><h2>Your order</h2>
          <ul>{Html.Each(visit.Cart.Lines, Line)}</ul>
          <div class="total"><span>Total</span><b>{visit.Cart.Total.ToString()}</b></div>
        </aside>
        </section>
        """));

    private static Html Line(CartLine line) => Html.Of(
        $"""
        <li><img src="/pictures/{line.Product.Id}.svg" alt="" width="60" height="48">
        <span>{line.Quantity} × {line.Product.Name}</span><span class="price">{line.Total.ToString()}</span></li>
        """);
}
