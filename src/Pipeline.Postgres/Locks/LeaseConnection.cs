using Npgsql;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Locks;

/// <summary>The connection that a lock lives on.</summary>
internal static class LeaseConnection
{
    // A holder whose machine vanished without a word is noticed by the server after 10 + 3 × 5 seconds; one whose process died, at once.
    private const string KeepAlive = """
        set tcp_keepalives_idle = 10;
        set tcp_keepalives_interval = 5;
        set tcp_keepalives_count = 3;
        set tcp_user_timeout = 25000;
        set statement_timeout = 0;
        set idle_session_timeout = 0
        """;

    public static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            await Sql.ExecuteAsync(connection, KeepAlive, [], cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
