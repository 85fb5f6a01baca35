using Npgsql;
using Pipeline.Postgres.Connections;
using Pipeline.Postgres.Migrations.Statements;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>
/// An index that is built while the table is in use. An attempt that fails leaves it behind, invalid: see
/// https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY.
/// </summary>
/// <param name="Name">Its name as the catalogue writes it.</param>
/// <param name="Table">Its table as the statement writes it.</param>
internal sealed record ConcurrentIndex(string Name, string Table)
{
    /// <summary>The index that a statement builds; null when it builds none concurrently.</summary>
    public static ConcurrentIndex? Find(SqlStatement statement)
    {
        var match = SqlShapes.ConcurrentIndex().Match(statement.Code);
        return match.Success ? new ConcurrentIndex(Unquote(match.Groups["name"].Value), match.Groups["table"].Value) : null;
    }

    /// <summary>The index in the database; null when it is not there.</summary>
    public async Task<IndexState?> ObserveAsync(NpgsqlConnection connection, CancellationToken cancellation) => (await Sql.QueryAsync(
        connection,
        "select i.indexrelid::regclass::text, i.indisvalid from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname = $1 and i.indrelid = to_regclass($2)",
        [Name, Table], row => new IndexState(row.GetString(0), row.GetBoolean(1)), cancellation)).SingleOrDefault();

    public static Task<int> DropAsync(NpgsqlConnection connection, IndexState index, CancellationToken cancellation) =>
        Sql.ExecuteAsync(connection, $"drop index concurrently {index.Name}", [], cancellation);

    private static string Unquote(string name) =>
        name.StartsWith('"') ? name[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : name.ToLowerInvariant();
}

/// <summary>An index in a database.</summary>
/// <param name="Name">As it may stand in a statement.</param>
/// <param name="Valid">Whether its build came to an end.</param>
internal sealed record IndexState(string Name, bool Valid);
