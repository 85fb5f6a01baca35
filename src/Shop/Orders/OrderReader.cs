using Npgsql;
using Shop.Catalogue;
using Shop.Database;

namespace Shop.Orders;

/// <summary>Reads orders as customers see them.</summary>
internal sealed class OrderReader(ShopDatabase database)
{
    private const int MostShown = 50;

    internal const string Select =
        """
        SELECT o.id, o.number, a.email, o.status, o.is_test, o.total_cents, o.currency, o.recipient, o.street, o.postcode, o.city, o.placed_at,
               array_agg(l.product_id ORDER BY l.product_id), array_agg(l.name ORDER BY l.product_id),
               array_agg(l.quantity ORDER BY l.product_id), array_agg(l.price_cents ORDER BY l.product_id)
        FROM orders o JOIN accounts a ON a.id = o.account_id JOIN order_lines l ON l.order_id = o.id
        """;

    internal const string Group = "GROUP BY o.id, a.email";

    /// <returns>The customer's latest orders, newest first; those that came to nothing are left out.</returns>
    public Task<IReadOnlyList<Order>> OfAsync(long account, CancellationToken cancellation) =>
        database.ReadAsync(
            $"{Select} WHERE o.account_id = $1 AND o.status <> 'cancelled' {Group} ORDER BY o.number DESC LIMIT {MostShown}",
            ToOrder, cancellation, account);

    /// <returns>The order, when it is this customer's.</returns>
    public Task<Order?> FindAsync(long account, long number, CancellationToken cancellation) =>
        database.ReadOneAsync(
            $"{Select} WHERE o.account_id = $1 AND o.number = $2 {Group}", ToOrder, cancellation, account, number);

    public Task<Order?> FindAsync(Guid id, CancellationToken cancellation) =>
        database.ReadOneAsync($"{Select} WHERE o.id = $1 {Group}", ToOrder, cancellation, id);

    internal static Order ToOrder(NpgsqlDataReader row)
    {
        var currency = row.GetString(6);
        var products = row.GetFieldValue<string[]>(12);
        var names = row.GetFieldValue<string[]>(13);
        var quantities = row.GetFieldValue<int[]>(14);
        var prices = row.GetFieldValue<int[]>(15);
        return new Order(
            row.GetGuid(0), row.GetInt64(1), row.GetString(2), Enum.Parse<OrderStatus>(row.GetString(3), ignoreCase: true), row.GetBoolean(4),
            new Money(row.GetInt32(5), currency), new Delivery(row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10)),
            row.GetFieldValue<DateTimeOffset>(11),
            [.. products.Select((product, index) => new OrderLine(product, names[index], quantities[index], new Money(prices[index], currency)))]);
    }
}
