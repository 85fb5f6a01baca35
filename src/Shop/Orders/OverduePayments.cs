using Shop.Hosting.Background;

namespace Shop.Orders;

/// <summary>Goes on with orders whose request ended before their payment did. The instances share the work.</summary>
internal sealed class OverduePayments(CheckoutDesk desk, OrderSettlement settlement, Patience patience, ILogger<OverduePayments> log)
    : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Overdue = CheckoutDesk.PaymentLimit + TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        patience.RepeatAsync(Round, "going on with unconfirmed payments", ResumeOneAsync, stoppingToken);

    private async Task<MoreToDo> ResumeOneAsync(CancellationToken cancellation)
    {
        if (await settlement.ClaimOverdueAsync(Overdue, cancellation) is not { } order)
            return MoreToDo.No;
        log.LogInformation("going on with the payment of order {Order}", order);
        await desk.ResumeAsync(order, cancellation);
        return MoreToDo.Yes;
    }
}
