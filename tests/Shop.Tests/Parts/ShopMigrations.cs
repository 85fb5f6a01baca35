using Npgsql;

namespace Shop.Tests.Parts;

/// <summary>The migrations that lie beside the shop, applied as the pipeline does it.</summary>
internal static class ShopMigrations
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "migrations");

    public static IReadOnlyList<string> Ids { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    public static async Task ApplyAsync(string connectionString, Func<string, bool> wanted)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await RunAsync(connection, "CREATE TABLE IF NOT EXISTS public.pipeline_migrations (id text PRIMARY KEY, checksum text NOT NULL)");
        foreach (var id in Ids.Where(wanted))
        {
            var sql = await File.ReadAllTextAsync(Path.Combine(Folder, $"{id}.sql"));
            foreach (var statement in Statements(sql))
                await RunAsync(connection, statement);
            await RunAsync(connection, $"INSERT INTO public.pipeline_migrations VALUES ('{id}', 'of a test')");
        }
    }

    // Outside a transaction every statement is a command of its own.
    private static string[] Statements(string sql) =>
        sql.Contains("-- pipeline: no-transaction", StringComparison.Ordinal)
            ? sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [sql];

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
