namespace Shop.Orders;

/// <summary>A purchase that cannot be: thrown within its transaction, so that nothing of it stays.</summary>
internal sealed class PurchaseRejectedException(CheckoutOutcome outcome) : Exception("the purchase is not possible")
{
    public CheckoutOutcome Outcome { get; } = outcome;
}
