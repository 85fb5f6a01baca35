using System.Text.Json;

namespace Shop.Tests.Parts;

/// <summary>A shop with what is around it. Server and sandbox belong to the stage.</summary>
internal sealed record Scene(
    PostgresForTests Postgres, string Database, SandboxForTests Sandbox, IReadOnlyDictionary<string, string> Variables, ShopForTests Shop) : IAsyncDisposable
{
    private static int products;

    public Task<T> AskAsync<T>(string sql) => Postgres.AskAsync<T>(Database, sql);

    public Task RunAsync(string sql) => Postgres.RunAsync(Database, sql);

    /// <summary>A product that no other test buys.</summary>
    public async Task<string> StockAsync(int stock, int priceCents = 1000, string name = "A thing")
    {
        var id = $"thing-{Interlocked.Increment(ref products)}";
        await RunAsync($"""
            INSERT INTO products (id, position, name, tagline, description, price_cents, stock, picture, ground, body, accent)
            VALUES ('{id}', 1000, '{name.Replace("'", "''", StringComparison.Ordinal)}', '', '', {priceCents}, {stock}, 'parcel', '#eeeeee', '#aaaaaa', '#bbbbbb')
            """);
        return id;
    }

    /// <summary>The charges of an order. Its key tells them from those of other databases, which number their orders alike.</summary>
    public async Task<IReadOnlyList<JsonElement>> ChargesOfAsync(long order)
    {
        var id = await AskAsync<Guid>($"SELECT id FROM orders WHERE number = {order}");
        return [.. (await Sandbox.ChargesAsync($"order-{order}")).Where(charge => charge.GetProperty("idempotencyKey").GetString() == id.ToString())];
    }

    public Task<int> StockOfAsync(string product) => AskAsync<int>($"SELECT stock FROM products WHERE id = '{product}'");

    public ValueTask DisposeAsync() => Shop.DisposeAsync();
}
