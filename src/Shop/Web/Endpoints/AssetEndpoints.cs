using Shop.Catalogue;
using Shop.Hosting;
using Shop.Web.Markup;

namespace Shop.Web.Endpoints;

/// <summary>Stylesheet and pictures.</summary>
internal static class AssetEndpoints
{
    private const string ForAYear = "public, max-age=31536000, immutable";
    private const string ForAnHour = "public, max-age=3600";
    private const string Drawing = "image/svg+xml; charset=utf-8";

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/assets/shop.css", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = ForAYear;
            return TypedResults.Text(Stylesheet.Text, "text/css; charset=utf-8");
        });
        routes.MapRead("/favicon.ico", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = ForAnHour;
            return TypedResults.Text(ProductPicture.Draw(new PictureStyle("mark", "#1f3d36", "#f6efe2", "#e0a04a")), Drawing);
        });
        routes.MapRead("/pictures/{id}.svg", PictureAsync);
    }

    private static async Task<IResult> PictureAsync(string id, HttpContext context, ProductStore products)
    {
        if (await products.FindAsync(id, context.RequestAborted) is not { } product)
            return TypedResults.NotFound();
        context.Response.Headers.CacheControl = ForAnHour;
        return TypedResults.Text(ProductPicture.Draw(product.Picture), Drawing);
    }
}
