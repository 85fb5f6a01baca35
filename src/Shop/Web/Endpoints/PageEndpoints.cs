using Shop.Hosting;

namespace Shop.Web.Endpoints;

/// <summary>The addresses of all pages.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/", BrowsingEndpoints.CatalogueAsync);
        routes.MapRead("/products/{id}", BrowsingEndpoints.ProductAsync);
        routes.MapRead("/cart", BrowsingEndpoints.CartAsync);
        routes.MapPost("/cart/add", BrowsingEndpoints.AddAsync);
        routes.MapPost("/cart/set", BrowsingEndpoints.SetAsync);

        routes.MapRead("/login", LoginEndpoints.ShowLoginAsync);
        routes.MapPost("/login", LoginEndpoints.LogInAsync);
        routes.MapRead("/register", LoginEndpoints.ShowRegisterAsync);
        routes.MapPost("/register", LoginEndpoints.RegisterAsync);
        routes.MapPost("/logout", LoginEndpoints.LogOutAsync);

        routes.MapRead("/checkout", BuyingEndpoints.ShowCheckoutAsync);
        routes.MapPost("/checkout", BuyingEndpoints.CheckOutAsync);
        routes.MapRead("/orders", BuyingEndpoints.OrdersAsync);
        routes.MapRead("/orders/{number:long}", BuyingEndpoints.OrderAsync);
    }
}
