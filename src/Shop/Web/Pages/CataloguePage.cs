using Shop.Catalogue;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>All products.</summary>
internal static class CataloguePage
{
    public static Html View(Visit visit, IReadOnlyList<Product> products) => Layout.View(visit, "Coffee, tea and tools", Html.Of($"""
        <section class="hero"><div class="wide">
          <p class="eyebrow">Small batches, long evenings</p>
          <h1>Good things for the<br>hour before the curtain.</h1>
          <p>Coffee roasted on Mondays, tea from three gardens, and tools that outlast the run. Posted within a day.</p>
        </div></section>
        <section class="wide grid" aria-label="Products">
        {Html.Each(products, product => Card(visit, product))}
        </section>
        """));

    private static Html Card(Visit visit, Product product) => Html.Of($"""
        <article class="card" id="{product.Id}">
          <a class="picture" href="/products/{product.Id}"><img src="/pictures/{product.Id}.svg" alt="{product.Name}" width="400" height="320"></a>
          <div class="text">
            <h2><a href="/products/{product.Id}">{product.Name}</a></h2>
            <p class="tagline">{product.Tagline}</p>
            <div class="buy"><span class="price">{product.Price.ToString()}</span>{AddToCart.View(visit, product)}</div>
          </div>
        </article>
        """);
}
