using Shop.Catalogue;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>One product.</summary>
internal static class ProductPage
{
    public static Html View(Visit visit, Product product) => Layout.View(visit, product.Name, Html.Of($"""
        <section class="wide product">
          <div class="picture"><img src="/pictures/{product.Id}.svg" alt="{product.Name}" width="400" height="320"></div>
          <div>
            <p class="crumbs"><a href="/">Shop</a> / {product.Name}</p>
            <h1>{product.Name}</h1>
            <p class="tagline">{product.Tagline}</p>
            <p class="price big">{product.Price.ToString()}</p>
            <p class="lead">{product.Description}</p>
            {AddToCart.Stock(product)}
            {AddToCart.View(visit, product)}
          </div>
        </section>
        """));
}
