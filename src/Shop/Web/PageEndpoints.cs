namespace Shop.Web;

/// <summary>The addresses of all pages.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", BrowsingEndpoints.CatalogueAsync);
        routes.MapGet("/products/{id}", BrowsingEndpoints.ProductAsync);
        routes.MapGet("/cart", BrowsingEndpoints.CartAsync);
        routes.MapPost("/cart/add", BrowsingEndpoints.AddAsync);
        routes.MapPost("/cart/set", BrowsingEndpoints.SetAsync);

        routes.MapGet("/login", LoginEndpoints.ShowLoginAsync);
        routes.MapPost("/login", LoginEndpoints.LogInAsync);
        routes.MapGet("/register", LoginEndpoints.ShowRegisterAsync);
        routes.MapPost("/register", LoginEndpoints.RegisterAsync);
        routes.MapPost("/logout", LoginEndpoints.LogOutAsync);

        routes.MapGet("/checkout", BuyingEndpoints.ShowCheckoutAsync);
        routes.MapPost("/checkout", BuyingEndpoints.CheckOutAsync);
        routes.MapGet("/orders", BuyingEndpoints.OrdersAsync);
        routes.MapGet("/orders/{number:long}", BuyingEndpoints.OrderAsync);
    }
}
