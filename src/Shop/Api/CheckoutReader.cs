using Shop.Accounts;
using Shop.Carts;
using Shop.Orders;

namespace Shop.Api;

/// <summary>Turns the body of a checkout into a purchase, and names everything that stands against it.</summary>
internal static class CheckoutReader
{
    private const int MostItems = 50;
    private const int ShortestKey = 8;
    private const int LongestKey = 100;

    public static Purchase Read(Account customer, string key, CheckoutBody body, List<string> faults)
    {
        if (key.Length is > 0 and (< ShortestKey or > LongestKey))
            faults.Add($"Idempotency-Key has {key.Length} characters; give {ShortestKey} to {LongestKey}, a UUID for instance, or none.");
        var delivery = new Delivery(
            Trimmed(body.Delivery?.Name), Trimmed(body.Delivery?.Street), Trimmed(body.Delivery?.Postcode), Trimmed(body.Delivery?.City));
        faults.AddRange(delivery.Faults());
        return new Purchase(customer, key.Length == 0 ? Guid.NewGuid().ToString("N") : key, Items(body.Items, faults), delivery);
    }

    private static List<PurchaseItem>? Items(IReadOnlyList<CheckoutItem?>? items, List<string> faults)
    {
        if (items is null)
            return null;
        if (items.Count is 0 or > MostItems)
            faults.Add($"There are {items.Count} items; give 1 to {MostItems}, or none at all to buy what is in the cart.");
        var read = new List<PurchaseItem>();
        foreach (var (index, item) in items.Index())
        {
            if (string.IsNullOrWhiteSpace(item?.ProductId))
                faults.Add($"items[{index}].productId is missing.");
            else if (item.Quantity is not (>= 1 and <= CartStore.MostOfOne))
                faults.Add($"items[{index}].quantity is {item.Quantity?.ToString() ?? "missing"}; give 1 to {CartStore.MostOfOne}.");
            else if (read.Any(other => other.ProductId == item.ProductId))
                faults.Add($"items[{index}].productId \"{item.ProductId}\" stands there already; give the sum once.");
            else
                read.Add(new PurchaseItem(item.ProductId, item.Quantity.Value));
        }
        return read;
    }

    private static string Trimmed(string? text) => text?.Trim() ?? "";
}
