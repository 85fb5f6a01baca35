using Shop.Catalogue;

namespace Shop.Orders;

internal enum OrderStatus
{
    /// <summary>The stock is set aside, the payment is under way.</summary>
    Pending,

    /// <summary>Paid; the mail is on its way.</summary>
    Paid,

    /// <summary>The gateway said no; the stock is back on the shelf.</summary>
    Refused,

    /// <summary>The gateway was never reached, so nothing was charged; the stock is back on the shelf.</summary>
    Cancelled,
}

/// <param name="Id">The gateway's idempotency key: one order is charged at most once.</param>
/// <param name="Number">What people call it.</param>
/// <param name="Customer">Where its mail goes.</param>
/// <param name="Status">How far it is.</param>
/// <param name="IsTest">Whether the smoke account placed it.</param>
/// <param name="Total">What is charged.</param>
/// <param name="Delivery">Where the parcel goes.</param>
/// <param name="PlacedAt">When the button was pressed.</param>
/// <param name="Lines">What was bought, at the price of that moment.</param>
internal sealed record Order(
    Guid Id, long Number, string Customer, OrderStatus Status, bool IsTest, Money Total, Delivery Delivery, DateTimeOffset PlacedAt,
    IReadOnlyList<OrderLine> Lines);

internal sealed record OrderLine(string ProductId, string Name, int Quantity, Money Price)
{
    public Money Total => new(Price.Cents * Quantity, Price.Currency);
}
