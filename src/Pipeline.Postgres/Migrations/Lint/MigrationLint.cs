using Pipeline.Postgres.Migrations.Files;

namespace Pipeline.Postgres.Migrations.Lint;

/// <summary>
/// Reads migrations for what holds up a running application or breaks the version before: by rules on the text alone, so it knows nothing of sizes. Tables that
/// the same file creates are empty and unknown to anybody, and may be treated as one likes.
/// </summary>
public static class MigrationLint
{
    /// <summary>The findings in a folder's migrations, in the order of files and lines. Faults that <see cref="MigrationFiles.Read"/> refuses come first.</summary>
    public static IReadOnlyList<LintFinding> Check(string directory)
    {
        var (files, faults) = MigrationFiles.Load(directory);
        return [.. faults.Select(ToFinding), .. files.SelectMany(Check)];
    }

    private static IEnumerable<LintFinding> Check(MigrationFile file)
    {
        var created = file.Statements.SelectMany(statement => LintRules.FindCreated(statement.Code)).ToHashSet(StringComparer.Ordinal);
        return from statement in file.Statements
               from rule in LintRules.All
               where rule.AppliesTo(statement.Code, file.Directives, created)
               select new LintFinding(file.Name, statement.Line, rule.Message);
    }

    private static LintFinding ToFinding(string fault)
    {
        var parts = fault.Split(':', 3);
        return parts.Length == 3 && int.TryParse(parts[1], out var line) ? new LintFinding(parts[0], line, parts[2].Trim()) : new LintFinding(parts[0], 1, fault[(parts[0].Length + 1)..].Trim());
    }
}
