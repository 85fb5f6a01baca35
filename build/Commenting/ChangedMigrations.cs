using Build.Targets;
using Cake.Common;
using Cake.Core.IO;
using Pipeline.Postgres.Migrations.Lint;
using Pipeline.Postgres.Migrations.Locks;
using Pipeline.Targets;

namespace Build.Commenting;

/// <summary>The migrations that a pull request adds or changes, the locks they take, and what the rules object to.</summary>
internal static class ChangedMigrations
{
    private const string Title = "Migrations and their locks";

    /// <param name="context">Runs git.</param>
    /// <param name="since">The commit before them.</param>
    public static SummaryPart Describe(TargetContext context, string since)
    {
        var arguments = ProcessArgumentBuilder.FromStrings(["diff", "--name-only", "--diff-filter=d", $"{since}...HEAD", "--", Sources.Migrations]);
        var code = context.StartProcess("git", new ProcessSettings { Arguments = arguments, RedirectStandardOutput = true }, out var changed);
        var files = changed.Where(file => file.EndsWith(".sql", StringComparison.Ordinal)).Select(file => System.IO.Path.GetFileName(file)!).ToHashSet(StringComparer.Ordinal);
        if (code != 0)
            return new SummaryNote($"Which migrations are new cannot be told: git knows no way from {since} to here; check out with the whole history.");
        if (files.Count == 0)
            return new SummaryNote("No migration is added or changed.");
        var folder = System.IO.Path.Combine(context.WorkingDirectory, Sources.Migrations);
        var rows = MigrationLocks.Read(folder).Where(each => files.Contains(each.File)).Select(each => (each.File, each.Line, Lock: each.Mode, Says: $"makes wait: {each.Waiting}"))
            .Concat(MigrationLint.Check(folder).Where(each => files.Contains(each.File)).Select(each => (each.File, each.Line, Lock: "rule", Says: each.Message)))
            .OrderBy(row => row.File, StringComparer.Ordinal).ThenBy(row => row.Line).ToArray();
        var silent = files.Except(rows.Select(row => row.File)).Order(StringComparer.Ordinal).Select(file => (string[])[file, "none", "touches nothing that is there already"]);
        return new SummaryTable(Title, ["migration", "lock", ""], [.. rows.Select(row => (string[])[$"{row.File}:{row.Line}", row.Lock, row.Says]), .. silent]);
    }
}
