using Npgsql;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>One runner a database: a session advisory lock, let go with the connection. Its holder is named by its application name.</summary>
internal sealed class MigrationLock : IAsyncDisposable
{
    private const long Key = 0x50_49_50_45_4D_49_47_52;

    private static readonly string Owner =
        $"pipeline migrations of {System.Environment.UserName}@{System.Environment.MachineName}, process {System.Environment.ProcessId}";

    private MigrationLock(NpgsqlConnection connection) => Connection = connection;

    /// <summary>The connection that holds the lock.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Takes the lock.</summary>
    /// <exception cref="DeliveryException">Somebody else holds it.</exception>
    public static async Task<MigrationLock> TakeAsync(NpgsqlDataSource target, string database, CancellationToken cancellation)
    {
        var connection = await target.OpenConnectionAsync(cancellation);
        try
        {
            await NameAsync(connection, cancellation);
            await using var take = new NpgsqlCommand($"select pg_try_advisory_lock({Key})", connection);
            if ((bool)(await take.ExecuteScalarAsync(cancellation))!)
                return new MigrationLock(connection);
            throw new DeliveryException($"{database}: {await FindHolderAsync(connection, cancellation)} migrates it now; wait for it to end, then run again") { IsTransient = true };
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Forgets what an earlier migration set for the session.</summary>
    public async Task ResetAsync(CancellationToken cancellation)
    {
        await Sql.ExecuteAsync(Connection, "reset session authorization; reset all", [], cancellation);
        await NameAsync(Connection, cancellation);
    }

    /// <summary>Lets go at once: a connection that goes back to its pool keeps its locks until it is used again.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Sql.ExecuteAsync(Connection, "select pg_advisory_unlock_all()", [], CancellationToken.None);
        }
        catch (Exception cause) when (cause is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken, and the server lets go of what it held.
            NpgsqlConnection.ClearPool(Connection);
        }
        finally
        {
            await Connection.DisposeAsync();
        }
    }

    private static Task<int> NameAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        Sql.ExecuteAsync(connection, "select set_config('application_name', $1, false)", [Owner], cancellation);

    private static async Task<string> FindHolderAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var holders = await Sql.QueryAsync(
            connection,
            $"""
            select a.application_name, a.pid, a.backend_start from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and ((l.classid::bigint << 32) | l.objid::bigint) = {Key}
              and l.database = (select oid from pg_database where datname = current_database())
            """,
            [], row => $"{row.GetString(0)} (server process {row.GetInt32(1)}, since {row.GetFieldValue<DateTimeOffset>(2):u})", cancellation);
        return holders.Count == 0 ? "another run" : holders[0];
    }
}
