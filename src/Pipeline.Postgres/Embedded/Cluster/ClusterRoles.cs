using Npgsql;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Embedded.Cluster;

/// <summary>The application's role, which owns its database and nothing else, in a cluster that nobody else may enter. Safe to repeat.</summary>
internal static class ClusterRoles
{
    public static async Task PrepareAsync(PostgresServer superuser, PostgresServer application, CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(superuser.ConnectionString);
        await new PostgresFaults("embedded server", source).RetryAsync($"making database {application.Database}", async cancel =>
        {
            await PrepareAsync(source, application, cancel);
            return true;
        }, cancellation);
    }

    private static async Task PrepareAsync(NpgsqlDataSource source, PostgresServer application, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var role = Quote(application.User);
        var database = Quote(application.Database);
        // A statement that fails would be logged with the password in it.
        await ExecuteAsync(connection, "set log_min_error_statement = panic; set log_statement = none", cancellation);
        if (!await ExistsAsync(connection, "select exists (select from pg_roles where rolname = $1)", application.User, cancellation))
            await ExecuteAsync(connection, $"create role {role} nosuperuser nocreatedb nocreaterole noreplication", cancellation);
        await ExecuteAsync(connection, $"alter role {role} login password '{application.Password}'", cancellation);
        if (!await ExistsAsync(connection, "select exists (select from pg_database where datname = $1)", application.Database, cancellation))
            await ExecuteAsync(connection, $"create database {database} owner {role} template template0", cancellation);
        foreach (var statement in new[] { "revoke all on database postgres, template1 from public", $"revoke all on database {database} from public" })
            await ExecuteAsync(connection, statement, cancellation);
    }

    private static string Quote(string name) => $"\"{name}\"";

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
