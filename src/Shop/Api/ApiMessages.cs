using Shop.Catalogue;
using Shop.Orders;

namespace Shop.Api;

internal sealed record LoginRequest(string? Email, string? Password);

/// <param name="Token">For <c>Authorization: Bearer</c>, where there is no cookie jar.</param>
/// <param name="Email">Who is logged in.</param>
internal sealed record LoginAnswer(string Token, string Email);

internal sealed record ProductAnswer(
    string Id, string Name, string Tagline, string Description, int PriceCents, string Currency, int Stock, string Picture)
{
    public static ProductAnswer Of(Product product) => new(
        product.Id, product.Name, product.Tagline, product.Description, product.Price.Cents, product.Price.Currency, product.Stock,
        $"/pictures/{product.Id}.svg");
}

internal sealed record ProductsAnswer(IReadOnlyList<ProductAnswer> Products);

/// <param name="Items">What is bought; absent for what is in the cart.</param>
/// <param name="Delivery">Where it goes.</param>
internal sealed record CheckoutBody(IReadOnlyList<CheckoutItem?>? Items, DeliveryBody? Delivery);

internal sealed record CheckoutItem(string? ProductId, int? Quantity);

internal sealed record DeliveryBody(string? Name, string? Street, string? Postcode, string? City);

internal sealed record OrderAnswer(
    long Number, string Status, bool Test, int TotalCents, string Currency, DateTimeOffset PlacedAt, IReadOnlyList<OrderLineAnswer> Lines)
{
    public static OrderAnswer Of(Order order) => new(
        order.Number, order.Status.ToString().ToLowerInvariant(), order.IsTest, order.Total.Cents, order.Total.Currency, order.PlacedAt,
        [.. order.Lines.Select(line => new OrderLineAnswer(line.ProductId, line.Name, line.Quantity, line.Price.Cents))]);
}

internal sealed record OrderLineAnswer(string ProductId, string Name, int Quantity, int PriceCents);

internal sealed record OrdersAnswer(IReadOnlyList<OrderAnswer> Orders);
