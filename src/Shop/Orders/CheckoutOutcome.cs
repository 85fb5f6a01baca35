namespace Shop.Orders;

/// <summary>How a press of the button ended.</summary>
internal abstract record CheckoutOutcome
{
    private CheckoutOutcome()
    {
    }

    internal sealed record Bought(Order Order) : CheckoutOutcome;

    internal sealed record PaymentRefused(Order Order) : CheckoutOutcome;

    /// <param name="Shortages">A sentence for every product of which there is too little.</param>
    internal sealed record OutOfStock(IReadOnlyList<string> Shortages) : CheckoutOutcome;

    /// <param name="Faults">A sentence for everything that is wrong with the request.</param>
    internal sealed record Invalid(IReadOnlyList<string> Faults) : CheckoutOutcome;

    /// <summary>The gateway was not reached: nothing was charged, the cart is as it was.</summary>
    internal sealed record PaymentUnavailable : CheckoutOutcome;

    /// <summary>The gateway did not answer in time: the order stands, and the shop goes on asking until it knows.</summary>
    internal sealed record PaymentUnconfirmed(Order Order) : CheckoutOutcome;
}
