using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Postgres.Migrations.Files;

namespace Pipeline.Postgres.Migrations.Applying;

/// <summary>Compares what a release carries with what a database has.</summary>
internal static class MigrationComparison
{
    public static MigrationStatus Compare(Release release, IReadOnlyList<MigrationFile> files, IReadOnlyList<string> fileFaults, MigrationRows rows)
    {
        var applied = rows.Applied.ToDictionary(row => row.Id);
        var carried = files.Select(file => file.Id).ToHashSet();
        var pending = files.Where(file => !applied.ContainsKey(file.Id)).Select(file => file.Migration).ToList();
        var beyond = rows.Applied.Select(row => new Migration(row.Id, row.Checksum, row.BackwardCompatible))
            .Concat(rows.Unfinished.Select(row => new Migration(row.Id, row.Checksum, row.BackwardCompatible)))
            .Where(migration => !carried.Contains(migration.Id)).OrderBy(migration => migration.Id, StringComparer.Ordinal).ToList();
        List<string> faults =
        [
            .. fileFaults,
            .. FindForeign(release, files),
            .. files.Where(file => applied.TryGetValue(file.Id, out var row) && row.Checksum != file.Migration.Checksum).Select(file => Edited(file, applied[file.Id])),
            .. FindOutOfOrder(pending, rows.Applied),
            .. FindForks(files, beyond),
            .. FindChangedBeginnings(files, rows.Unfinished),
        ];
        return new MigrationStatus(pending, beyond, faults);
    }

    private static IEnumerable<string> FindForeign(Release release, IReadOnlyList<MigrationFile> files)
    {
        if (!release.Migrations.SequenceEqual(files.Select(file => file.Migration)))
            yield return $"release {release.Version}: says it carries [{List(release.Migrations)}], but its artifact holds [{List(files.Select(file => file.Migration))}]; build it again";
    }

    private static string Edited(MigrationFile file, AppliedMigration row) =>
        $"{file.Name}: was edited after it was applied (applied {row.Checksum}, now {file.Migration.Checksum}); put the applied text back and write the change into a new migration";

    private static IEnumerable<string> FindOutOfOrder(List<Migration> pending, IReadOnlyList<AppliedMigration> applied) =>
        from migration in pending
        let later = applied.FirstOrDefault(row => string.CompareOrdinal(row.Id, migration.Id) > 0)
        where later is not null
        select $"{migration.Id}.sql: is not applied, but {later.Id}, which comes after it, is; give it the next free number";

    private static IEnumerable<string> FindForks(IReadOnlyList<MigrationFile> files, List<Migration> beyond) =>
        from migration in beyond
        let later = files.FirstOrDefault(file => string.CompareOrdinal(file.Id, migration.Id) > 0)
        where later is not null
        select $"{migration.Id}: is in the database, but the release does not carry it, though it carries {later.Id}, which comes after it; bring that file into the release";

    private static IEnumerable<string> FindChangedBeginnings(IReadOnlyList<MigrationFile> files, IReadOnlyList<UnfinishedMigration> unfinished) =>
        from row in unfinished
        let file = files.FirstOrDefault(file => file.Id == row.Id)
        where file is not null && (row.Statements > file.Statements.Count || file.HashOfFirst(row.Statements) != row.StatementsChecksum)
        select $"{file.Name}: stopped half-way, and its first {row.Statements} statements, which are done, were edited since; put them back and change only what comes after them";

    private static string List(IEnumerable<Migration> migrations) => string.Join(", ", migrations.Select(migration => $"{migration.Id} {migration.Checksum[..8]}"));
}
