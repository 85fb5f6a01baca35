using Npgsql;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Connections;

namespace Pipeline.Postgres.Ledger;

/// <summary>Releases with their migrations.</summary>
internal static class ReleaseTable
{
    /// <summary>Records a release unless it is known, and refuses another one under a known digest.</summary>
    public static async Task RecordAsync(NpgsqlConnection connection, Release release, DateTimeOffset now, CancellationToken cancellation)
    {
        var added = await Sql.ExecuteAsync(
            connection, "insert into pipeline_ledger.releases (digest, version, commit, recorded_at) values ($1, $2, $3, $4) on conflict (digest) do nothing",
            [release.Digest.Value, release.Version, release.Commit, now], cancellation);
        if (added == 1)
            await RecordMigrationsAsync(connection, release, cancellation);
        else
            Compare((await ReadAsync(connection, [release.Digest.Value], cancellation))[release.Digest.Value], release);
    }

    public static async Task<Dictionary<string, Release>> ReadAsync(NpgsqlConnection connection, IReadOnlyCollection<string> digests, CancellationToken cancellation)
    {
        var migrations = (await Sql.QueryAsync(
            connection, "select digest, id, checksum, backward_compatible from pipeline_ledger.release_migrations where digest = any($1) order by digest, ordinal",
            [digests.ToArray()], row => (Digest: row.GetString(0), Migration: new Migration(row.GetString(1), row.GetString(2), row.GetBoolean(3))), cancellation))
            .ToLookup(row => row.Digest, row => row.Migration);
        var releases = await Sql.QueryAsync(
            connection, "select digest, version, commit from pipeline_ledger.releases where digest = any($1)", [digests.ToArray()],
            row => new Release(Digest.Parse(row.GetString(0)), row.GetString(1), row.GetString(2), [.. migrations[row.GetString(0)]]), cancellation);
        return releases.ToDictionary(release => release.Digest.Value);
    }

    /// <summary>The digests that a text may mean, the oldest release first.</summary>
    public static Task<List<string>> FindAsync(NpgsqlConnection connection, string text, CancellationToken cancellation)
    {
        var beginning = text.StartsWith("sha256:", StringComparison.Ordinal) ? text : $"sha256:{text}";
        return Sql.QueryAsync(
            connection, "select digest from pipeline_ledger.releases where version = $1 or starts_with(digest, $2) order by number",
            [text, beginning], row => row.GetString(0), cancellation);
    }

    private static async Task RecordMigrationsAsync(NpgsqlConnection connection, Release release, CancellationToken cancellation)
    {
        foreach (var (ordinal, migration) in release.Migrations.Index())
            await Sql.ExecuteAsync(
                connection, "insert into pipeline_ledger.release_migrations (digest, ordinal, id, checksum, backward_compatible) values ($1, $2, $3, $4, $5)",
                [release.Digest.Value, ordinal, migration.Id, migration.Checksum, migration.BackwardCompatible], cancellation);
    }

    private static void Compare(Release known, Release told)
    {
        var differences = new List<string>();
        if (known.Version != told.Version)
            differences.Add($"version {known.Version} there, {told.Version} here");
        if (known.Commit != told.Commit)
            differences.Add($"commit {known.Commit} there, {told.Commit} here");
        if (!known.Migrations.SequenceEqual(told.Migrations))
            differences.Add($"migrations [{List(known)}] there, [{List(told)}] here, or their contents");
        if (differences.Count > 0)
            throw new DeliveryException($"release {told.Digest}: the ledger knows it otherwise ({string.Join("; ", differences)}); "
                + "read version, commit and migrations from the artifact itself");
    }

    private static string List(Release release) => string.Join(", ", release.Migrations.Select(migration => migration.Id));
}
