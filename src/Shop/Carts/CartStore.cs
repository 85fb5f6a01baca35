using Shop.Accounts;
using Shop.Catalogue;
using Shop.Database;

namespace Shop.Carts;

/// <summary>The tables <c>carts</c> and <c>cart_lines</c>. A cart is the account's, or the session's until somebody logs in.</summary>
internal sealed class CartStore(ShopDatabase database)
{
    public const int MostOfOne = 99;
    private const string Owner = "(account_id = $1 OR session_hash = $2)";

    public async Task<Cart> ReadAsync(Session? session, CancellationToken cancellation)
    {
        if (session is null)
            return Cart.Empty;
        var lines = await database.ReadAsync(
            """
            SELECT p.id, p.name, p.tagline, p.price_cents, p.currency, p.stock, p.picture, p.ground, p.body, p.accent, l.quantity
            FROM carts c JOIN cart_lines l ON l.cart_id = c.id JOIN products p ON p.id = l.product_id
            WHERE (c.account_id = $1 OR c.session_hash = $2) ORDER BY p.position
            """,
            row => new CartLine(
                new Product(
                    row.GetString(0), row.GetString(1), row.GetString(2), "", new Money(row.GetInt32(3), row.GetString(4)), row.GetInt32(5),
                    new PictureStyle(row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9))),
                row.GetInt32(10)),
            cancellation, Account(session), SessionHash(session));
        return new Cart(lines);
    }

    /// <summary>Puts more of a product into the cart.</summary>
    /// <returns>Whether there is such a product.</returns>
    public Task<bool> AddAsync(Session session, string product, int quantity, CancellationToken cancellation) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var cart = await OpenAsync(transaction, session);
                return await transaction.ExecuteAsync(
                    """
                    INSERT INTO cart_lines (cart_id, product_id, quantity) SELECT $1, id, least($3, $4) FROM products WHERE id = $2
                    ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = least(cart_lines.quantity + excluded.quantity, $4)
                    """,
                    cart.Id, product, quantity, MostOfOne) == 1;
            },
            cancellation);

    /// <summary>Sets how many of a product are in the cart; none takes the product out.</summary>
    public Task SetAsync(Session session, string product, int quantity, CancellationToken cancellation) =>
        quantity == 0
            ? database.ExecuteAsync(
                $"DELETE FROM cart_lines USING carts c WHERE cart_id = c.id AND product_id = $3 AND {Owner}",
                cancellation, Account(session), SessionHash(session), product)
            : database.ExecuteAsync(
                $"UPDATE cart_lines SET quantity = $4 FROM carts c WHERE cart_id = c.id AND product_id = $3 AND {Owner}",
                cancellation, Account(session), SessionHash(session), product, Math.Min(quantity, MostOfOne));

    /// <summary>Moves what a visitor chose before the login into the account's cart.</summary>
    public Task<int> HandOverAsync(Session from, Session to, CancellationToken cancellation) =>
        database.InTransactionAsync(
            async transaction =>
            {
                var cart = await OpenAsync(transaction, to);
                var moved = await transaction.ExecuteAsync(
                    """
                    INSERT INTO cart_lines (cart_id, product_id, quantity)
                    SELECT $1, l.product_id, l.quantity FROM cart_lines l JOIN carts c ON c.id = l.cart_id WHERE c.session_hash = $2
                    ON CONFLICT (cart_id, product_id) DO UPDATE SET quantity = least(cart_lines.quantity + excluded.quantity, $3)
                    """,
                    cart.Id, from.TokenHash, MostOfOne);
                await transaction.ExecuteAsync("DELETE FROM carts WHERE session_hash = $1", from.TokenHash);
                return moved;
            },
            cancellation);

    private static async Task<CartId> OpenAsync(ShopTransaction transaction, Session session)
    {
        var target = session.Account is null ? "session_hash" : "account_id";
        await transaction.ExecuteAsync(
            $"INSERT INTO carts ({target}) VALUES ($1) ON CONFLICT ({target}) DO NOTHING",
            session.Account is null ? session.TokenHash : session.Account.Id);
        return (await transaction.ReadOneAsync(
            $"SELECT id FROM carts WHERE {Owner} FOR UPDATE", row => new CartId(row.GetGuid(0)), Account(session), SessionHash(session)))!;
    }

    private static long Account(Session session) => session.Account?.Id ?? -1L;

    // The account's cart is found by the account alone.
    private static byte[] SessionHash(Session session) => session.Account is null ? session.TokenHash : [];

    private sealed record CartId(Guid Id);
}
