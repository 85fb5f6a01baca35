using Shop.Orders;
using Shop.Web.Markup;

namespace Shop.Web.Pages;

/// <summary>The states of an order in the customer's words.</summary>
internal static class OrderWords
{
    public static Html Badge(OrderStatus status) => status switch
    {
        OrderStatus.Paid => Html.Of($"""<span class="badge good">Paid</span>"""),
        OrderStatus.Pending => Html.Of($"""<span class="badge">Payment under way</span>"""),
        OrderStatus.Refused => Html.Of($"""<span class="badge bad">Payment refused</span>"""),
        _ => Html.Of($"""<span class="badge">Cancelled</span>"""),
    };
}
