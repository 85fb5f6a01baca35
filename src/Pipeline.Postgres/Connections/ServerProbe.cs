using Npgsql;

namespace Pipeline.Postgres.Connections;

/// <summary>Asks a server whether it lets somebody in now.</summary>
internal static class ServerProbe
{
    private const int TimeoutSeconds = 5;

    public static async Task<bool> AnswersAsync(PostgresServer server, CancellationToken cancellation) =>
        await FindFaultAsync(server, cancellation) is null;

    /// <summary>Why the server does not let the user in; null when it does.</summary>
    public static async Task<NpgsqlException?> FindFaultAsync(PostgresServer server, CancellationToken cancellation)
    {
        var settings = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false, Timeout = TimeoutSeconds, CommandTimeout = TimeoutSeconds };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellation);
            return null;
        }
        catch (NpgsqlException fault)
        {
            return fault;
        }
        catch (TimeoutException fault)
        {
            return new NpgsqlException(fault.Message, fault);
        }
    }
}
