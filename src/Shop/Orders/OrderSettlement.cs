using Shop.Database;
using Shop.Mail;

namespace Shop.Orders;

/// <summary>
/// Ends a pending order, once: whoever comes second changes nothing. What belongs to the end happens in the same transaction: the mail
/// when it was paid; the stock back on the shelf, and the goods back in the cart, when it was not.
/// </summary>
internal sealed class OrderSettlement(ShopDatabase database, OrderMail mail)
{
    /// <returns>Whether this call ended the order.</returns>
    public Task<bool> PaidAsync(Order order, string charge, CancellationToken cancellation) =>
        database.InTransactionAsync(
            async transaction =>
            {
                if (!await EndAsync(transaction, order, "paid", charge))
                    return false;
                // The smoke checks go all the way, but nobody packs their parcels.
                if (order.IsTest)
                    await RestockAsync(transaction, order);
                await Outbox.AddAsync(transaction, mail.Confirm(order));
                return true;
            },
            cancellation);

    /// <returns>Whether this call ended the order.</returns>
    public Task<bool> UnpaidAsync(Order order, OrderStatus status, CancellationToken cancellation) =>
        database.InTransactionAsync(
            async transaction =>
            {
                if (!await EndAsync(transaction, order, status.ToString().ToLowerInvariant(), charge: ""))
                    return false;
                await RestockAsync(transaction, order);
                await RefillCartAsync(transaction, order);
                return true;
            },
            cancellation);

    /// <summary>Takes one order whose payment has been open for longer than a request may take, for the time of one attempt.</summary>
    public async Task<Guid?> ClaimOverdueAsync(TimeSpan overdue, CancellationToken cancellation)
    {
        var claimed = await database.ReadAsync(
            """
            UPDATE orders SET attempted_at = now() WHERE id = (
              SELECT id FROM orders WHERE status = 'pending' AND attempted_at < now() - $1
              ORDER BY attempted_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            row => row.GetGuid(0), cancellation, overdue);
        return claimed.Count == 0 ? null : claimed[0];
    }

    private static async Task<bool> EndAsync(ShopTransaction transaction, Order order, string status, string charge) =>
        await transaction.ExecuteAsync(
            "UPDATE orders SET status = $2, charge_id = nullif($3, ''), settled_at = now() WHERE id = $1 AND status = 'pending'",
            order.Id, status, charge) == 1;

    private static async Task RestockAsync(ShopTransaction transaction, Order order)
    {
        foreach (var line in order.Lines.OrderBy(line => line.ProductId, StringComparer.Ordinal))
            await transaction.ExecuteAsync("UPDATE products SET stock = stock + $2 WHERE id = $1", line.ProductId, line.Quantity);
    }

    private static Task<int> RefillCartAsync(ShopTransaction transaction, Order order) =>
        transaction.ExecuteAsync(
            """
            INSERT INTO cart_lines (cart_id, product_id, quantity)
            SELECT c.id, l.product_id, l.quantity
            FROM orders o JOIN carts c ON c.account_id = o.account_id JOIN order_lines l ON l.order_id = o.id
            WHERE o.id = $1 AND o.from_cart
            ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = least(cart_lines.quantity + excluded.quantity, 99)
            """,
            order.Id);
}
