using System.Globalization;
using Shop.Orders;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>One order.</summary>
internal static class OrderPage
{
    public static Html View(Visit visit, Order order, Arrival arrival) => Layout.View(visit, $"Order {order.Number}", Html.Of($"""
        <section class="wide narrow">
        {Thanks(visit, order, arrival)}
        <p class="crumbs"><a href="/orders">Your orders</a> / {order.Number}</p>
        <h1>Order <span id="order-number">{order.Number}</span></h1>
        <p>{OrderWords.Badge(order.Status)} placed on {order.PlacedAt.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC</p>
        <ul class="lines">{Html.Each(order.Lines, Line)}</ul>
        <div class="total"><span>Total</span><b>{order.Total.ToString()}</b></div>
        <div class="box"><h2>Goes to</h2><p>{order.Delivery.Name}<br>{order.Delivery.Street}<br>{order.Delivery.Postcode} {order.Delivery.City}</p></div>
        </section>
        """));

    private static Html Thanks(Visit visit, Order order, Arrival arrival) => (arrival, order.Status) switch
    {
        (Arrival.FromCheckout, OrderStatus.Paid) => Html.Of(
            $"""<div class="note good" role="status"><p><b>Thank you!</b> Your order is in. The confirmation is on its way to {visit.Account?.Email}.</p></div>"""),
        (_, OrderStatus.Pending) => Html.Of(
            $"""<div class="note" role="status"><p>We are waiting for the payment provider. You need not do anything: we go on asking, you will be charged once at most, and the mail follows.</p></div>"""),
        (_, OrderStatus.Refused) => Html.Of(
            $"""<div class="note bad" role="status"><p>The payment was refused, so nothing is on its way. Your cart has everything still.</p></div>"""),
        _ => Html.Nothing,
    };

    private static Html Line(OrderLine line) => Html.Of($"""
        <li class="line">
          <img src="/pictures/{line.ProductId}.svg" alt="" width="100" height="80">
          <div class="what"><a href="/products/{line.ProductId}">{line.Name}</a><span class="tagline">{line.Quantity} × {line.Price.ToString()}</span></div>
          <span class="price">{line.Total.ToString()}</span>
        </li>
        """);
}

/// <summary>How a customer came to the page of an order.</summary>
internal enum Arrival
{
    FromElsewhere,
    FromCheckout,
}
