using Npgsql;
using Shop.Database;

namespace Shop.Catalogue;

/// <summary>The table <c>products</c>.</summary>
internal sealed class ProductStore(ShopDatabase database)
{
    private const string Columns = "id, name, tagline, description, price_cents, currency, stock, picture, ground, body, accent";

    public Task<IReadOnlyList<Product>> AllAsync(CancellationToken cancellation) =>
        database.ReadAsync($"SELECT {Columns} FROM products ORDER BY position, id", ToProduct, cancellation);

    public Task<Product?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadOneAsync($"SELECT {Columns} FROM products WHERE id = $1", ToProduct, cancellation, id);

    private static Product ToProduct(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), new Money(row.GetInt32(4), row.GetString(5)), row.GetInt32(6),
        new PictureStyle(row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10)));
}
