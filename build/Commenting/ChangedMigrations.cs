using Build.Targets;
using Cake.Common;
using Cake.Core;
using Cake.Core.IO;
using Pipeline.Postgres.Migrations.Lint;
using Pipeline.Postgres.Migrations.Locks;
using Pipeline.Targets;

namespace Build.Commenting;

/// <summary>The migrations that a pull request adds, edits or deletes, the locks they take, and what the rules object to.</summary>
public static class ChangedMigrations
{
    private const string Title = "Migrations and their locks";

    /// <summary>Describes them.</summary>
    /// <param name="context">Runs git.</param>
    /// <param name="repository">The top of the clone.</param>
    /// <param name="since">The commit before them.</param>
    public static SummaryPart Describe(ICakeContext context, string repository, string since)
    {
        if (Changes(context, repository, since) is not { } changes)
            return new SummaryNote($"Which migrations are new cannot be told: git knows no way from {since} to here; check out with the whole history.");
        if (changes.Count == 0)
            return new SummaryNote("No migration is added, edited or deleted.");
        var folder = System.IO.Path.Combine(repository, Sources.Migrations);
        var found = MigrationLocks.Read(folder).Select(each => (each.File, each.Line, Lock: each.Mode, Says: $"makes wait: {each.Waiting}"))
            .Concat(MigrationLint.Check(folder).Select(each => (each.File, each.Line, Lock: "rule", Says: each.Message)))
            .OrderBy(row => row.Line).ToLookup(row => row.File);
        return new SummaryTable(Title, ["migration", "change", "lock", ""], [.. changes.SelectMany(change => Rows(change.File, change.Kind))]);

        IEnumerable<string[]> Rows(string file, string kind)
        {
            if (kind == "deleted")
                return [[file, kind, "", "a database that has it keeps what it did, and refuses a release that carries a later one; bring it back, and undo it in a new migration"]];
            var rows = found[file].Select(row => (string[])[$"{file}:{row.Line}", kind, row.Lock, row.Says]).DefaultIfEmpty([file, kind, "none", "touches nothing that is there already"]);
            return kind == "edited" ? rows.Prepend([file, kind, "", "a database that has it refuses this release; put the text back, and write the change into a new migration"]) : rows;
        }
    }

    /// <summary>In the order of their names; null where git cannot tell.</summary>
    private static List<(string File, string Kind)>? Changes(ICakeContext context, string repository, string since)
    {
        // Without -z names in other letters than English ones come quoted.
        var arguments = ProcessArgumentBuilder.FromStrings(["diff", "--name-status", "-z", "--no-renames", $"{since}...HEAD", "--", Sources.Migrations]);
        var code = context.StartProcess("git", new ProcessSettings { Arguments = arguments, WorkingDirectory = repository, RedirectStandardOutput = true }, out var lines);
        return code != 0
            ? null
            : [.. string.Join('\n', lines).Split('\0').Chunk(2).Where(change => change.Length == 2 && change[1].EndsWith(".sql", StringComparison.Ordinal))
                .Select(change => (File: System.IO.Path.GetFileName(change[1]), Kind: change[0] switch { "A" => "new", "D" => "deleted", _ => "edited" }))
                .OrderBy(change => change.File, StringComparer.Ordinal)];
    }
}
