using Shop.Carts;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>What the visitor has chosen.</summary>
internal static class CartPage
{
    public static Html View(Visit visit) => Layout.View(visit, "Your cart", visit.Cart.IsEmpty ? Empty : Full(visit));

    private static Html Empty => Html.Of($"""
        <section class="wide narrow center"><h1>Your cart is empty</h1>
        <p class="lead">The shelves are not.</p><p><a class="button" href="/">To the shop</a></p></section>
        """);

    private static Html Full(Visit visit) => Html.Of($"""
        <section class="wide narrow"><h1>Your cart</h1>
        <ul class="lines">{Html.Each(visit.Cart.Lines, line => Line(visit, line))}</ul>
        <div class="total"><span>Total, delivery included</span><b id="cart-total">{visit.Cart.Total.ToString()}</b></div>
        <div class="actions"><a href="/">Keep looking</a><a class="button" id="to-checkout" href="/checkout">To the checkout</a></div>
        </section>
        """);

    private static Html Line(Visit visit, CartLine line) => Html.Of($"""
        <li class="line">
          <img src="/pictures/{line.Product.Id}.svg" alt="" width="100" height="80">
          <div class="what"><a href="/products/{line.Product.Id}">{line.Product.Name}</a><span class="tagline">{line.Product.Tagline}</span></div>
          <form method="post" action="/cart/set" class="quantity">{Fields.Token(visit)}{Fields.Hidden("product", line.Product.Id)}
            <input name="quantity" type="number" min="0" max="99" value="{line.Quantity}" aria-label="How many of {line.Product.Name}">
            <button class="quiet">Update</button></form>
          <form method="post" action="/cart/set">{Fields.Token(visit)}{Fields.Hidden("product", line.Product.Id)}{Fields.Hidden("quantity", "0")}
            <button class="link" aria-label="Remove {line.Product.Name}">Remove</button></form>
          <span class="price">{line.Total.ToString()}</span>
        </li>
        """);
}
