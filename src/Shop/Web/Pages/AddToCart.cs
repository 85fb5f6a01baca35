using Shop.Catalogue;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>The button that puts one product into the cart.</summary>
internal static class AddToCart
{
    private const int FewLeft = 10;

    public static Html View(Visit visit, Product product) => product.Stock == 0
        ? Html.Of($"""<span class="soldout">Sold out</span>""")
        : Html.Of($"""
            <form method="post" action="/cart/add">{Fields.Token(visit)}{Fields.Hidden("product", product.Id)}{Fields.Hidden("quantity", "1")}
            <button aria-label="Add {product.Name} to the cart">Add to cart</button></form>
            """);

    public static Html Stock(Product product) => product.Stock switch
    {
        0 => Html.Of($"""<p class="stock none">Sold out for now</p>"""),
        <= FewLeft => Html.Of($"""<p class="stock few">Only {product.Stock} left</p>"""),
        _ => Html.Of($"""<p class="stock">In stock, posted within a day</p>"""),
    };
}
