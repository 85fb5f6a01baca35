using Npgsql;

namespace Shop.Database;

/// <summary>
/// Compares the migrations that this build carries with those the database has. The pipeline applies them; the shop never migrates itself.
/// </summary>
internal sealed class MigrationCheck
{
    private readonly ShopDatabase database;
    private readonly IReadOnlyList<string> carried;

    public MigrationCheck(ShopDatabase database, string folder)
    {
        this.database = database;
        carried = [.. Directory.EnumerateFiles(folder, "*.sql").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];
    }

    /// <returns>The migrations that are not applied, in their order.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(CancellationToken cancellation)
    {
        try
        {
            var applied = await database.ReadAsync("SELECT id FROM public.pipeline_migrations", row => row.GetString(0), cancellation);
            return [.. carried.Except(applied, StringComparer.Ordinal)];
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return carried;
        }
    }
}
