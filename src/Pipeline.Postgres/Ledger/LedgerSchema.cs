using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Npgsql;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Ledger;

/// <summary>
/// Brings the schema <c>pipeline_ledger</c> to the version that this program knows, one numbered script after the other, each in the transaction that records
/// it. Programs that start together wait for each other.
/// </summary>
internal sealed partial class LedgerSchema(NpgsqlDataSource source, TimeProvider time)
{
    private const long AdvisoryKey = 0x50_49_50_45_4C_44_47_52;

    private const string Preparation = """
        create schema if not exists pipeline_ledger;
        create table if not exists pipeline_ledger.schema_versions (version integer primary key, name text not null, applied_at timestamptz not null)
        """;

    private readonly PostgresFaults faults = new("ledger", source);
    private volatile bool ready;

    /// <summary>The scripts of this program, in order.</summary>
    public static IReadOnlyList<LedgerScript> Scripts { get; } = [.. ReadScripts()];

    /// <summary>Does its work on the first call and nothing on later ones.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        if (ready)
            return;
        await faults.RetryAsync("upgrading its schema", token => UpgradeAsync(Scripts[^1].Version, token), cancellation);
        ready = true;
    }

    /// <summary>Brings the schema to a version at most.</summary>
    internal async Task<int> UpgradeAsync(int atMost, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        var present = await ReadVersionAsync(connection, cancellation);
        if (present < atMost)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(connection, $"select pg_advisory_xact_lock({AdvisoryKey})", cancellation);
            await ExecuteAsync(connection, Preparation, cancellation);
            present = await ReadVersionAsync(connection, cancellation);
            foreach (var script in Scripts.Where(script => script.Version > present && script.Version <= atMost))
                await ApplyAsync(connection, script, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        if (present > Scripts[^1].Version)
            throw new DeliveryException(
                $"{faults.Name}: its schema has version {present}, made by a newer Pipeline; this one knows versions up to {Scripts[^1].Version}; use the newer one");
        return Math.Max(present, atMost);
    }

    private async Task ApplyAsync(NpgsqlConnection connection, LedgerScript script, CancellationToken cancellation)
    {
        await ExecuteAsync(connection, script.Sql, cancellation);
        await using var record = new NpgsqlCommand("insert into pipeline_ledger.schema_versions (version, name, applied_at) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = script.Version }, new() { Value = script.Name }, new() { Value = time.GetUtcNow() } },
        };
        await record.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('pipeline_ledger.schema_versions') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellation))!)
            return 0;
        await using var version = new NpgsqlCommand("select coalesce(max(version), 0) from pipeline_ledger.schema_versions", connection);
        return (int)(await version.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static IEnumerable<LedgerScript> ReadScripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => ScriptName().IsMatch(name)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new LedgerScript(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name, reader.ReadToEnd());
        }
    }

    [GeneratedRegex(@"^\d{4}_\w+\.sql$")]
    private static partial Regex ScriptName();
}

/// <summary>One step of the ledger's schema.</summary>
internal sealed record LedgerScript(int Version, string Name, string Sql);
