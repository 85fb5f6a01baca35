using Npgsql;

namespace Shop.Database;

/// <summary>
/// The application's database. A query outside a transaction that finds its pooled connection dead, as all are after the server was
/// restarted, is asked again on another one. Nothing that changes data is: what was sent may have been done.
/// </summary>
internal sealed class ShopDatabase(NpgsqlDataSource source)
{
    private readonly int mostAttempts = new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize + 1;

    public async Task<IReadOnlyList<T>> ReadAsync<T>(
        string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellation, params object[] values)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(sql, map, values, cancellation);
            }
            catch (NpgsqlException lost) when (attempt < mostAttempts && IsQuery(sql) && DatabaseFailure.IsLostConnection(lost))
            {
                // The next one out of the pool would be as dead. Clearing does not take all of them away while others use it, but each that fails is gone.
                source.Clear();
            }
        }
    }

    public async Task<T?> ReadOneAsync<T>(
        string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancellation, params object[] values)
        where T : class =>
        (await ReadAsync(sql, map, cancellation, values)).SingleOrDefault();

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        command.Bind(values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Runs the work in one transaction: all of it happened when this returns, none of it when it throws.</summary>
    public async Task<T> InTransactionAsync<T>(Func<ShopTransaction, Task<T>> work, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var result = await work(new ShopTransaction(connection, cancellation));
        await transaction.CommitAsync(cancellation);
        return result;
    }

    private async Task<IReadOnlyList<T>> ReadOnceAsync<T>(
        string sql, Func<NpgsqlDataReader, T> map, object[] values, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(sql);
        command.Bind(values);
        return await command.ReadAllAsync(map, cancellation);
    }

    private static bool IsQuery(string sql) => sql.AsSpan().TrimStart().StartsWith("SELECT", StringComparison.Ordinal);
}
