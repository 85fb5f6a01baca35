using Shop.Orders;
using Shop.Web.Forms;
using Shop.Web.Markup;
using Shop.Web.Pages;
using Shop.Web.Visits;

namespace Shop.Web.Endpoints;

/// <summary>Checkout and orders: for customers who are logged in.</summary>
internal static class BuyingEndpoints
{
    private static readonly SeeOther LoginFirst = new("/login?return=/checkout");

    public static async Task<IResult> ShowCheckoutAsync(HttpContext context, VisitReader visits)
    {
        var visit = await visits.ReadAsync(context);
        if (visit.Account is null)
            return LoginFirst;
        return visit.Cart.IsEmpty ? new SeeOther("/cart") : new Page(CheckoutPage.View(visit, NewKey(), Delivery.Nowhere, []));
    }

    public static async Task<IResult> CheckOutAsync(HttpContext context, SessionCookie cookie, CheckoutDesk desk, VisitReader visits)
    {
        var form = await FormPost.ReadAsync(context, cookie);
        if (form.Session?.Account is not { } customer)
            return LoginFirst;
        if (!Guid.TryParseExact(form.Text("key"), "N", out var key))
            throw new BadHttpRequestException("Please use the shop's own form.", StatusCodes.Status422UnprocessableEntity);
        var delivery = new Delivery(form.Text("name"), form.Text("street"), form.Text("postcode"), form.Text("city"));
        return await desk.BuyAsync(new Purchase(customer, key.ToString("N"), Items: null, delivery), context.RequestAborted) switch
        {
            CheckoutOutcome.Bought bought => new SeeOther($"/orders/{bought.Order.Number}?placed=1"),
            CheckoutOutcome.PaymentUnconfirmed open => new SeeOther($"/orders/{open.Order.Number}"),
            CheckoutOutcome.PaymentRefused => await AgainAsync(
                StatusCodes.Status402PaymentRequired, ["The payment was refused. Nothing was charged; your cart has everything still."]),
            CheckoutOutcome.OutOfStock shortage => await AgainAsync(StatusCodes.Status409Conflict, shortage.Shortages),
            CheckoutOutcome.Invalid invalid => await AgainAsync(StatusCodes.Status422UnprocessableEntity, invalid.Faults),
            _ => await AgainAsync(
                StatusCodes.Status503ServiceUnavailable,
                ["The payment provider is not reachable at the moment. Nothing was charged; please try again in a minute."]),
        };

        async Task<IResult> AgainAsync(int status, IReadOnlyList<string> faults)
        {
            if (status == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = "30";
            return new Page(status, CheckoutPage.View(await visits.ReadAsync(context), NewKey(), delivery, faults));
        }
    }

    public static async Task<IResult> OrdersAsync(HttpContext context, VisitReader visits, OrderReader orders)
    {
        var visit = await visits.ReadAsync(context);
        return visit.Account is null
            ? new SeeOther("/login?return=/orders")
            : new Page(OrdersPage.View(visit, await orders.OfAsync(visit.Account.Id, context.RequestAborted)));
    }

    public static async Task<IResult> OrderAsync(long number, HttpContext context, VisitReader visits, OrderReader orders)
    {
        var visit = await visits.ReadAsync(context);
        if (visit.Account is null)
            return new SeeOther($"/login?return=/orders/{number}");
        var arrival = context.Request.Query.ContainsKey("placed") ? Arrival.FromCheckout : Arrival.FromElsewhere;
        return await orders.FindAsync(visit.Account.Id, number, context.RequestAborted) is { } order
            ? new Page(OrderPage.View(visit, order, arrival))
            : TypedResults.NotFound();
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");
}
