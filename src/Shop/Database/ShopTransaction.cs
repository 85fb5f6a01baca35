using Npgsql;

namespace Shop.Database;

/// <summary>One transaction under way.</summary>
internal sealed class ShopTransaction(NpgsqlConnection connection, CancellationToken cancellation)
{
    public CancellationToken Cancellation => cancellation;

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> map, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Bind(values);
        return await command.ReadAllAsync(map, cancellation);
    }

    public async Task<T?> ReadOneAsync<T>(string sql, Func<NpgsqlDataReader, T> map, params object[] values)
        where T : class =>
        (await ReadAsync(sql, map, values)).SingleOrDefault();

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Bind(values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
