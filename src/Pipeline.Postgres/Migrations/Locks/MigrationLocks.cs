using System.Text.RegularExpressions;
using Pipeline.Postgres.Migrations.Files;
using Pipeline.Postgres.Migrations.Lint;

namespace Pipeline.Postgres.Migrations.Locks;

/// <summary>A lock that a statement of a migration takes.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line of the statement, from 1.</param>
/// <param name="Mode">The lock, as PostgreSQL names it: <c>ACCESS EXCLUSIVE</c>.</param>
/// <param name="Waiting">Who waits for it to end.</param>
public sealed record StatementLock(string File, int Line, string Mode, string Waiting);

/// <summary>
/// Tells which locks migrations take on what is there already, by their text alone: https://www.postgresql.org/docs/current/explicit-locking.html. A table that the same file
/// creates is nobody's yet.
/// </summary>
public static partial class MigrationLocks
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Table = """(?<table>("([^"]|"")+"|[\w$]+)(\s*\.\s*("([^"]|"")+"|[\w$]+))?)""";
    private const string Everybody = "everybody who uses the table";
    private const string Writers = "whoever writes to the table";
    private const string Changes = "nobody but other changes of the table";

    // The first that fits is right.
    private static readonly (Regex Shape, string Mode, string Waiting)[] Rules =
    [
        (Unknown(), "depends on what it does", "look at it"),
        (WithoutBlocking(), "SHARE UPDATE EXCLUSIVE", Changes),
        (NewIndex(), "SHARE", Writers),
        (Reference(), "SHARE ROW EXCLUSIVE", Writers),
        (Exclusive(), "ACCESS EXCLUSIVE", Everybody),
        (Rows(), "ROW EXCLUSIVE", "nobody but whoever changes the same rows"),
    ];

    /// <summary>The locks in the order of files and lines. Files that cannot be read have none; <see cref="MigrationLint"/> names what is wrong with them.</summary>
    /// <param name="directory">The folder of the migrations.</param>
    public static IReadOnlyList<StatementLock> Read(string directory) => [.. MigrationFiles.Load(directory).Files.SelectMany(Read)];

    private static IEnumerable<StatementLock> Read(MigrationFile file)
    {
        var created = file.Statements.SelectMany(statement => LintRules.FindCreated(statement.Code)).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in file.Statements)
        {
            foreach (var (shape, mode, waiting) in Rules)
            {
                if (shape.Match(statement.Code) is not { Success: true } match)
                    continue;
                if (!created.Contains(LintRules.Normalize(match.Groups["table"].Value)))
                    yield return new(file.Name, statement.Line, mode, waiting);
                break;
            }
        }
    }

    [GeneratedRegex(@"^(do|call|execute|select|with)\b", Options)]
    private static partial Regex Unknown();

    [GeneratedRegex(
        @"^(create\s+(unique\s+)?index\s+concurrently\b.*?\bon\s+(only\s+)?" + Table + @"|drop\s+index\s+concurrently\b|reindex\b.*\bconcurrently\b|analyze\b|vacuum\b(?!\s*\(?\s*full\b)|comment\s+on\b|create\s+statistics\b"
        + @"|alter\s+table\s+(if\s+exists\s+)?(only\s+)?" + Table + @"\s+(validate\s+constraint|alter\s+(column\s+)?\S+\s+set\s+statistics|attach\s+partition)\b[^,]*$)", Options)]
    private static partial Regex WithoutBlocking();

    [GeneratedRegex(@"^(create\s+(unique\s+)?index\b.*?\bon\s+(only\s+)?" + Table + @"|reindex\b)", Options)]
    private static partial Regex NewIndex();

    [GeneratedRegex(@"^(alter\s+table\s+(if\s+exists\s+)?(only\s+)?" + Table + @"\s+add\s+(constraint\s+\S+\s+)?foreign\s+key\b[^,]*$|create\s+(or\s+replace\s+)?(constraint\s+)?trigger\b.*?\bon\s+" + Table + ")", Options)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^((alter|drop)\s+(table|index|view|materialized\s+view|sequence)\s+(if\s+exists\s+)?(only\s+)?" + Table + @"|truncate\s+(table\s+)?(only\s+)?" + Table + @"|vacuum\b|cluster\b|refresh\s+materialized\s+view\b|drop\s+trigger\b|lock\b)", Options)]
    private static partial Regex Exclusive();

    [GeneratedRegex(@"^(insert\s+into\s+" + Table + @"|update\s+(only\s+)?" + Table + @"|delete\s+from\s+(only\s+)?" + Table + @"|merge\s+into\s+" + Table + ")", Options)]
    private static partial Regex Rows();
}
