using System.Globalization;
using Shop.Orders;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>A customer's orders.</summary>
internal static class OrdersPage
{
    public static Html View(Visit visit, IReadOnlyList<Order> orders) => Layout.View(visit, "Your orders", Html.Of($"""
        <section class="wide narrow"><h1>Your orders</h1>
        {(orders.Count == 0 ? None : List(orders))}
        </section>
        """));

    private static Html None => Html.Of($"""<p class="lead">None yet.</p><p><a class="button" href="/">To the shop</a></p>""");

    private static Html List(IReadOnlyList<Order> orders) => Html.Of($"""
        <table class="orders"><thead><tr><th>Order</th><th>Placed</th><th>What</th><th>State</th><th>Total</th></tr></thead>
        <tbody>{Html.Each(orders, Row)}</tbody></table>
        """);

    private static Html Row(Order order) => Html.Of($"""
        <tr><td><a href="/orders/{order.Number}">{order.Number}</a></td>
        <td>{order.PlacedAt.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}</td>
        <td>{string.Join(", ", order.Lines.Select(line => $"{line.Quantity} × {line.Name}"))}</td>
        <td>{OrderWords.Badge(order.Status)}</td><td class="price">{order.Total.ToString()}</td></tr>
        """);
}
