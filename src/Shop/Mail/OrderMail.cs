using System.Globalization;
using System.Text;
using Shop.Configuration;
using Shop.Orders;

namespace Shop.Mail;

/// <summary>Writes the mail that confirms an order.</summary>
internal sealed class OrderMail(ShopSettings settings)
{
    public OutgoingMail Confirm(Order order) => new(
        $"<order-{order.Id:N}@{settings.PublicUrl.IdnHost}>", order.Customer, $"Your order {order.Number} at Harbour & Pine", Body(order));

    private string Body(Order order)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Dear {order.Delivery.Name},");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"thank you for your order {order.Number}. We are packing:");
        text.AppendLine();
        foreach (var line in order.Lines)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {line.Quantity} x {line.Name}: {line.Total}");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"  Total: {order.Total}");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"It goes to {order.Delivery.Street}, {order.Delivery.Postcode} {order.Delivery.City}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"See it at {new Uri(settings.PublicUrl, $"/orders/{order.Number}")}");
        text.AppendLine();
        text.AppendLine("Harbour & Pine");
        return text.ToString();
    }
}
