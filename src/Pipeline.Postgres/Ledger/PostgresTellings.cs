using Npgsql;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Telling;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Ledger;

/// <summary>What listeners were told, in the ledger's database. Nobody needs an environment's lock for it: a session advisory lock of its own keeps two tellers apart.</summary>
/// <param name="source">The database. It is not disposed here.</param>
/// <param name="time">The clock of the schema's upgrade.</param>
public sealed class PostgresTellings(NpgsqlDataSource source, TimeProvider time) : ITellings
{
    private const int KeySpace = 0x50_54_45_4C;
    private readonly PostgresFaults faults = new("ledger", source);
    private readonly LedgerSchema schema = new(source, time);

    /// <summary>Takes secrets out of who told before it is recorded, as <see cref="PostgresLedger.Hide"/> does. By default it is recorded as it is.</summary>
    public Func<string, string> Hide { get; init; } = text => text;

    /// <inheritdoc />
    public async Task<IAsyncDisposable> TakeTurnAsync(string listener, CancellationToken cancellation)
    {
        await schema.EnsureAsync(cancellation);
        return await faults.RetryAsync<IAsyncDisposable>($"waiting for the turn to tell {listener}", async token =>
        {
            var connection = await source.OpenConnectionAsync(token);
            try
            {
                await using var take = Sql.Command(connection, $"select pg_advisory_lock(hashtextextended($1, {KeySpace}))", listener);
                // Whoever has the turn may wait for GitHub; how long is the caller's to say.
                take.CommandTimeout = 0;
                await take.ExecuteNonQueryAsync(token);
                return new Turn(connection, listener);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }, cancellation);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<ToldDeployment>> ReadAsync(string listener, int atMost, CancellationToken cancellation)
    {
        await schema.EnsureAsync(cancellation);
        return await faults.RetryAsync($"reading what {listener} was told", async token =>
        {
            await using var connection = await source.OpenConnectionAsync(token);
            return await TellingTable.ReadAsync(connection, listener, atMost, token);
        }, cancellation);
    }

    /// <inheritdoc />
    public async Task RecordAsync(Telling telling, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(telling);
        await schema.EnsureAsync(cancellation);
        await faults.RetryAsync($"recording what {telling.Listener} was told", async token =>
        {
            await using var connection = await source.OpenConnectionAsync(token);
            return await Sql.ExecuteAsync(
                connection,
                """
                insert into pipeline_ledger.tellings (deployment, listener, fact, reference, told_by, at) values ($1, $2, $3, $4, $5, $6)
                on conflict (deployment, listener, fact) do nothing
                """,
                [telling.Deployment, telling.Listener, LedgerText.Of(telling.Fact), telling.Reference, Hide(telling.By), telling.At.ToUniversalTime()], token);
        }, cancellation);
    }

    private sealed class Turn(NpgsqlConnection connection, string listener) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                // The connection goes back to its pool, where a lock would live on.
                await Sql.ExecuteAsync(connection, $"select pg_advisory_unlock(hashtextextended($1, {KeySpace}))", [listener], CancellationToken.None);
            }
            catch (NpgsqlException)
            {
                // A connection that is gone has taken its lock along; what was told is recorded or will be found at GitHub.
            }
            finally
            {
                await connection.DisposeAsync();
            }
        }
    }
}
