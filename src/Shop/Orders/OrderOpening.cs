using Shop.Database;

namespace Shop.Orders;

/// <summary>Turns a press of the button into a pending order, with the stock set aside, in one transaction.</summary>
internal sealed class OrderOpening(ShopDatabase database)
{
    /// <exception cref="PurchaseRejectedException">The purchase is not possible; nothing has changed.</exception>
    public Task<OpenedOrder> OpenAsync(Purchase purchase, CancellationToken cancellation) =>
        database.InTransactionAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", $"checkout {purchase.Customer.Id} {purchase.Key}");
                var known = await FindAsync(transaction, purchase);
                return known is null
                    ? new OpenedOrder(await CreateAsync(transaction, purchase), IsNew: true)
                    : new OpenedOrder(known, IsNew: false);
            },
            cancellation);

    private static Task<Order?> FindAsync(ShopTransaction transaction, Purchase purchase) =>
        transaction.ReadOneAsync(
            $"{OrderReader.Select} WHERE o.account_id = $1 AND o.checkout_key = $2 AND o.status <> 'cancelled' {OrderReader.Group}",
            OrderReader.ToOrder, purchase.Customer.Id, purchase.Key);

    private static async Task<Order> CreateAsync(ShopTransaction transaction, Purchase purchase)
    {
        var items = purchase.Items ?? await TakeFromCartAsync(transaction, purchase.Customer.Id);
        var lines = await SetAsideAsync(transaction, items);
        var id = await transaction.ReadOneAsync(
            """
            INSERT INTO orders (account_id, checkout_key, is_test, from_cart, total_cents, currency, recipient, street, postcode, city)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
            """,
            row => new OrderId(row.GetGuid(0)),
            purchase.Customer.Id, purchase.Key, purchase.Customer.IsSmoke, purchase.Items is null,
            lines.Sum(line => line.Total.Cents), lines[0].Price.Currency,
            purchase.Delivery.Name, purchase.Delivery.Street, purchase.Delivery.Postcode, purchase.Delivery.City);
        foreach (var line in lines)
        {
            await transaction.ExecuteAsync(
                "INSERT INTO order_lines (order_id, product_id, name, quantity, price_cents) VALUES ($1, $2, $3, $4, $5)",
                id!.Id, line.ProductId, line.Name, line.Quantity, line.Price.Cents);
        }
        return (await FindAsync(transaction, purchase))!;
    }

    private static async Task<IReadOnlyList<PurchaseItem>> TakeFromCartAsync(ShopTransaction transaction, long account)
    {
        var items = await transaction.ReadAsync(
            "DELETE FROM cart_lines USING carts c WHERE cart_id = c.id AND c.account_id = $1 RETURNING product_id, quantity",
            row => new PurchaseItem(row.GetString(0), row.GetInt32(1)), account);
        return items.Count > 0
            ? items
            : throw new PurchaseRejectedException(new CheckoutOutcome.Invalid(["Your cart is empty; please choose something first."]));
    }

    private static async Task<IReadOnlyList<OrderLine>> SetAsideAsync(ShopTransaction transaction, IReadOnlyList<PurchaseItem> items)
    {
        var lines = new List<OrderLine>();
        var unknown = new List<string>();
        var shortages = new List<string>();
        // All purchases lock products in the same order, so that no two wait for each other.
        foreach (var item in items.OrderBy(item => item.ProductId, StringComparer.Ordinal))
        {
            var shelf = await transaction.ReadOneAsync(
                "SELECT name, price_cents, currency, stock FROM products WHERE id = $1 FOR NO KEY UPDATE",
                row => new Shelf(row.GetString(0), new(row.GetInt32(1), row.GetString(2)), row.GetInt32(3)), item.ProductId);
            if (shelf is null)
                unknown.Add($"There is no product \"{item.ProductId}\".");
            else if (shelf.Stock < item.Quantity)
                shortages.Add(shelf.Stock == 0 ? $"{shelf.Name} is sold out." : $"Only {shelf.Stock} of {shelf.Name} are left; you asked for {item.Quantity}.");
            else
                lines.Add(new OrderLine(item.ProductId, shelf.Name, item.Quantity, shelf.Price));
        }
        if (unknown.Count > 0)
            throw new PurchaseRejectedException(new CheckoutOutcome.Invalid(unknown));
        if (shortages.Count > 0)
            throw new PurchaseRejectedException(new CheckoutOutcome.OutOfStock(shortages));
        foreach (var line in lines)
            await transaction.ExecuteAsync("UPDATE products SET stock = stock - $2 WHERE id = $1", line.ProductId, line.Quantity);
        return lines;
    }

    private sealed record OrderId(Guid Id);

    private sealed record Shelf(string Name, Catalogue.Money Price, int Stock);
}

/// <param name="Order">The order of this press.</param>
/// <param name="IsNew">Whether this arrival of the press made it.</param>
internal sealed record OpenedOrder(Order Order, bool IsNew);
