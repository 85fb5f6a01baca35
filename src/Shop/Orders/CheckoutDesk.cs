using Shop.Metrics;
using Shop.Payments;

namespace Shop.Orders;

/// <summary>
/// Sells. Only the arrival that opened an order charges it, and <see cref="OverduePayments"/> once that must have ended; any other
/// arrival of the same press waits for the result. So no order is charged by two at once, and none twice.
/// </summary>
internal sealed class CheckoutDesk(
    OrderOpening opening, OrderSettlement settlement, OrderReader orders, PaymentGateway gateway, ShopMetrics metrics, TimeProvider time)
{
    /// <summary>The longest that charging and recording may take; an order older than this has been left by its request.</summary>
    public static readonly TimeSpan PaymentLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan WaitForTheOther = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public async Task<CheckoutOutcome> BuyAsync(Purchase purchase, CancellationToken cancellation)
    {
        if (purchase.Delivery.Faults() is { Count: > 0 } faults)
            return new CheckoutOutcome.Invalid(faults);
        OpenedOrder opened;
        try
        {
            opened = await opening.OpenAsync(purchase, cancellation);
        }
        catch (PurchaseRejectedException rejected)
        {
            return rejected.Outcome;
        }
        if (!opened.IsNew)
            return await ResultOfAsync(opened.Order, cancellation);

        // From here on the customer's going away must not leave a charge without its order.
        using var limit = new CancellationTokenSource(PaymentLimit, time);
        return await ChargeAsync(opened.Order, EveryAttempt.CameFromHere, limit.Token);
    }

    /// <summary>Goes on with an order that its request has left, for instance because the instance was killed.</summary>
    public async Task ResumeAsync(Guid id, CancellationToken cancellation)
    {
        var order = await orders.FindAsync(id, cancellation);
        if (order is not { Status: OrderStatus.Pending })
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(PaymentLimit);
        await ChargeAsync(order, EveryAttempt.IsNotKnown, limit.Token);
    }

    private async Task<CheckoutOutcome> ChargeAsync(Order order, EveryAttempt attempts, CancellationToken cancellation)
    {
        switch (await gateway.ChargeAsync(order, cancellation))
        {
            case ChargeResult.Charged charged:
                if (await settlement.PaidAsync(order, charged.Id, cancellation))
                    metrics.Bought(order);
                return new CheckoutOutcome.Bought(order with { Status = OrderStatus.Paid });
            case ChargeResult.Refused:
                metrics.PaymentFailed("refused");
                await settlement.UnpaidAsync(order, OrderStatus.Refused, cancellation);
                return new CheckoutOutcome.PaymentRefused(order with { Status = OrderStatus.Refused });
            case ChargeResult.NotSent when attempts == EveryAttempt.CameFromHere:
                metrics.PaymentFailed("unreachable");
                await settlement.UnpaidAsync(order, OrderStatus.Cancelled, cancellation);
                return new CheckoutOutcome.PaymentUnavailable();
            default:
                metrics.PaymentFailed("unconfirmed");
                return new CheckoutOutcome.PaymentUnconfirmed(order);
        }
    }

    private async Task<CheckoutOutcome> ResultOfAsync(Order order, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (order.Status == OrderStatus.Pending && time.GetElapsedTime(began) < WaitForTheOther)
        {
            await Task.Delay(LookAgain, time, cancellation);
            order = await orders.FindAsync(order.Id, cancellation) ?? order;
        }
        return order.Status switch
        {
            OrderStatus.Paid => new CheckoutOutcome.Bought(order),
            OrderStatus.Refused => new CheckoutOutcome.PaymentRefused(order),
            OrderStatus.Cancelled => new CheckoutOutcome.PaymentUnavailable(),
            _ => new CheckoutOutcome.PaymentUnconfirmed(order),
        };
    }

    private enum EveryAttempt
    {
        CameFromHere,
        IsNotKnown,
    }
}
