using System.Text.RegularExpressions;

namespace Pipeline.Postgres.Migrations.Lint;

/// <summary>The rules. What PostgreSQL does with each: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES.</summary>
internal static partial class LintRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant;
    private const string Identifier = """(?:"(?:[^"]|"")+"|[\w$]+)""";
    private const string Table = @"(?<table>(?:" + Identifier + @"\s*\.\s*)?" + Identifier + ")";
    private const string Alter = @"^alter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?" + Table + @"\b.*";
    private static readonly TimeSpan LongLock = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<LintRule> All { get; } =
    [
        new(PlainIndex(), "builds an index while nobody may write to the table; write CREATE INDEX CONCURRENTLY in a file with '-- pipeline: no-transaction'"),
        new(RequiredColumn(), "adds a column that must not be null and has no default, which fails on a table with rows; add a default, or add it nullable, fill it and set NOT NULL later"),
        new(ComputedColumn(), "adds a column whose default differs from row to row, which rewrites the table while nobody may use it; add it without the default, set the default, fill the rows in pieces"),
        new(CheckedConstraint(), "checks every row while nobody may write to the table; add the constraint NOT VALID, and VALIDATE CONSTRAINT in a later file"),
        new(UniqueConstraint(), "builds an index while nobody may use the table; build it with CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX"),
        new(RequiredLater(), "reads the whole table while nobody may use it; add CHECK (… IS NOT NULL) NOT VALID and validate it first, then SET NOT NULL finds it proven"),
        new(ChangedType(), "changes a column's type, which may rewrite the table and breaks the version before; add a new column, fill it, move over, and drop the old one with '-- pipeline: contract'"),
        new(Removal(), "takes away what the version before may use; do it one release later, with '-- pipeline: contract' at the top of the file") { Concerns = file => !file.Contract },
        new(Renaming(), "renames what the version before uses; add the new name beside the old one, or say '-- pipeline: contract' at the top of the file") { Concerns = file => !file.Contract },
        new(AnyAlter(), "may wait for its lock longer than 10 s while everybody else waits behind it; shorten '-- pipeline: lock-timeout'") { Concerns = file => file.LockTimeout > LongLock },
        new(Rewriting(), "rewrites the table while nobody may use it; do it outside of a deployment") ,
    ];

    /// <summary>The tables that a statement creates.</summary>
    public static IEnumerable<string> FindCreated(string code) =>
        NewTable().Match(code) is { Success: true } match ? [Normalize(match.Groups["table"].Value)] : [];

    /// <summary>One spelling for one table: <c>public."Orders"</c> and <c>"Orders"</c> are the same.</summary>
    public static string Normalize(string table)
    {
        var name = table.Trim();
        name = name.StartsWith("public.", StringComparison.OrdinalIgnoreCase) ? name["public.".Length..] : name;
        return name.StartsWith('"') ? name.Trim('"') : name.ToLowerInvariant();
    }

    [GeneratedRegex(@"^create\s+(?:(?:global|local)\s+)?(?:temp|temporary|unlogged)?\s*table\s+(?:if\s+not\s+exists\s+)?" + Table, Options)]
    private static partial Regex NewTable();

    [GeneratedRegex(@"^create\s+(?:unique\s+)?index\s+(?!concurrently\b)(?:if\s+not\s+exists\s+)?(?:(?!on\b)" + Identifier + @"\s+)?on\s+(?:only\s+)?" + Table, Options)]
    private static partial Regex PlainIndex();

    [GeneratedRegex(Alter + @"\badd\s+(?:column\s+)?(?!constraint\b|check\b|foreign\b|primary\b|unique\b|exclude\b)(?:if\s+not\s+exists\s+)?" + Identifier
        + @"(?=[^,]*\bnot\s+null\b)(?![^,]*\b(?:default|generated)\b)", Options)]
    private static partial Regex RequiredColumn();

    [GeneratedRegex(Alter + @"\badd\s+(?:column\s+)?(?!constraint\b)[^,]*\b(?:default\s+(?:gen_random_uuid|uuid_generate_v\w+|random|clock_timestamp|nextval)\s*\(|generated\s+(?:always|by\s+default)\s+as|(?:big|small)?serial\b)", Options)]
    private static partial Regex ComputedColumn();

    [GeneratedRegex(Alter + @"\badd\s+(?:constraint\s+" + Identifier + @"\s+)?(?:foreign\s+key|check)\b(?!.*\bnot\s+valid\b)", Options)]
    private static partial Regex CheckedConstraint();

    [GeneratedRegex(Alter + @"\badd\s+(?:constraint\s+" + Identifier + @"\s+)?(?:unique|primary\s+key|exclude)\b(?!\s+using\s+index\b)", Options)]
    private static partial Regex UniqueConstraint();

    [GeneratedRegex(Alter + @"\balter\s+(?:column\s+)?" + Identifier + @"\s+set\s+not\s+null\b", Options)]
    private static partial Regex RequiredLater();

    [GeneratedRegex(Alter + @"\balter\s+(?:column\s+)?" + Identifier + @"\s+(?:set\s+data\s+)?type\b", Options)]
    private static partial Regex ChangedType();

    [GeneratedRegex(@"^(?:drop\s+(?:table|view|materialized\s+view|schema|type|function|procedure|sequence)\s+(?:if\s+exists\s+)?" + Table
        + "|" + Alter + @"\bdrop\s+(?:column\s+)?(?!constraint\b|default\b|not\b|identity\b|expression\b)(?:if\s+exists\s+)?" + Identifier
        + @"|truncate\s+(?:table\s+)?" + Table + ")", Options)]
    private static partial Regex Removal();

    [GeneratedRegex(@"^alter\s+(?:table|view|type|sequence|function|schema)\s+(?:if\s+exists\s+)?(?:only\s+)?" + Table + @"\b.*\brename\b(?!\s+constraint\b)", Options)]
    private static partial Regex Renaming();

    [GeneratedRegex(Alter, Options)]
    private static partial Regex AnyAlter();

    [GeneratedRegex(@"^(?:vacuum\s*(?:\([^)]*\bfull\b[^)]*\)|full\b)|cluster\b)\s*" + Table + "?", Options)]
    private static partial Regex Rewriting();
}
