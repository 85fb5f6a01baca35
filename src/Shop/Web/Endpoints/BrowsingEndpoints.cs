using Shop.Carts;
using Shop.Catalogue;
using Shop.Web.Forms;
using Shop.Web.Markup;
using Shop.Web.Pages;
using Shop.Web.Visits;

namespace Shop.Web.Endpoints;

/// <summary>Looking and choosing.</summary>
internal static class BrowsingEndpoints
{
    public static async Task<IResult> CatalogueAsync(HttpContext context, VisitReader visits, ProductStore products) =>
        new Page(CataloguePage.View(await visits.ReadAsync(context), await products.AllAsync(context.RequestAborted)));

    public static async Task<IResult> ProductAsync(string id, HttpContext context, VisitReader visits, ProductStore products) =>
        await products.FindAsync(id, context.RequestAborted) is { } product
            ? new Page(ProductPage.View(await visits.ReadAsync(context), product))
            : TypedResults.NotFound();

    public static async Task<IResult> CartAsync(HttpContext context, VisitReader visits) =>
        new Page(CartPage.View(await visits.ReadAsync(context)));

    public static async Task<IResult> AddAsync(HttpContext context, SessionCookie cookie, CartStore carts)
    {
        var form = await FormPost.ReadAsync(context, cookie);
        var quantity = form.Number("quantity", 1, CartStore.MostOfOne);
        var session = form.Session ?? await cookie.OpenAsync(context);
        return await carts.AddAsync(session, form.Text("product"), quantity, context.RequestAborted)
            ? new SeeOther("/cart")
            : TypedResults.NotFound();
    }

    public static async Task<IResult> SetAsync(HttpContext context, SessionCookie cookie, CartStore carts)
    {
        var form = await FormPost.ReadAsync(context, cookie);
        var quantity = form.Number("quantity", 0, CartStore.MostOfOne);
        if (form.Session is not null)
            await carts.SetAsync(form.Session, form.Text("product"), quantity, context.RequestAborted);
        return new SeeOther("/cart");
    }
}
