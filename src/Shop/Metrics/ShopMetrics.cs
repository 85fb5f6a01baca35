using Shop.Configuration;
using Shop.Orders;

namespace Shop.Metrics;

/// <summary>What this instance has seen since it started.</summary>
internal sealed class ShopMetrics
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Counter requests = new("shop_http_requests_total", "Requests answered, by route and status.");
    private readonly Histogram durations = new("shop_http_request_duration_seconds", "Time from a request's head to the end of its answer, by route.", Bounds);
    private readonly Counter orders = new("shop_orders_total", "Orders paid; test is true for those of the smoke account.");
    private readonly Counter revenue = new("shop_revenue_cents_total", "Money taken, in hundredths of the currency.");
    private readonly Counter paymentsFailed = new(
        "shop_payments_failed_total",
        "Payments refused by the gateway, not begun because it was unreachable, or not confirmed in time.");
    private readonly Counter loginFailures = new("shop_login_failures_total", "Logins refused for a wrong address or password, or for too many of them.");
    private readonly IReadOnlyList<IMetric> all;
    private long inFlight;
    private long outboxPending;

    public ShopMetrics(ShopSettings settings)
    {
        var build = new Counter("shop_build_info", "Always 1; the labels say which build this is.");
        build.Add(Labels.Of(("version", settings.Build.Version), ("commit", settings.Build.Commit), ("digest", settings.Build.Digest)));
        foreach (var reason in (string[])["refused", "unreachable", "unconfirmed"])
            paymentsFailed.Add(Labels.Of(("reason", reason)), 0);
        loginFailures.Add(Labels.None, 0);
        all =
        [
            build, requests, durations,
            new Gauge("shop_http_requests_in_flight", "Requests being answered now.", "gauge", () => Interlocked.Read(ref inFlight)),
            orders, revenue, paymentsFailed, loginFailures,
            new Gauge("shop_outbox_pending", "Mails written and not sent yet, as of the last look.", "gauge", () => Interlocked.Read(ref outboxPending)),
            .. ProcessMetrics.All,
        ];
    }

    public void RequestBegan() => Interlocked.Increment(ref inFlight);

    public void RequestEnded(string method, string route, int status, TimeSpan duration)
    {
        Interlocked.Decrement(ref inFlight);
        requests.Add(Labels.Of(("method", method), ("route", route), ("status", $"{status}")));
        durations.Observe(Labels.Of(("method", method), ("route", route)), duration.TotalSeconds);
    }

    public void Bought(Order order)
    {
        var test = ("test", order.IsTest ? "true" : "false");
        orders.Add(Labels.Of(test));
        revenue.Add(Labels.Of(("currency", order.Total.Currency), test), order.Total.Cents);
    }

    public void PaymentFailed(string reason) => paymentsFailed.Add(Labels.Of(("reason", reason)));

    public void LoginFailed() => loginFailures.Add(Labels.None);

    public void OutboxPending(long mails) => Interlocked.Exchange(ref outboxPending, mails);

    public string Write()
    {
        var text = new MetricsText();
        foreach (var metric in all)
            metric.WriteTo(text);
        return text.ToString();
    }
}
