using System.Text.RegularExpressions;

namespace Pipeline.Postgres.Migrations.Statements;

/// <summary>Kinds of statements that a runner must treat each in its way.</summary>
internal static partial class SqlShapes
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant;
    private const string Name = """(?:"(?:[^"]|"")+"|[\w$]+)""";

    /// <summary>Statements that begin or end a transaction, which is the runner's to do.</summary>
    [GeneratedRegex(@"^(begin|start\s+transaction|commit|end|rollback|abort|prepare\s+transaction|savepoint|release)\b(?!\s+to\b)", Options)]
    public static partial Regex TransactionControl();

    /// <summary><c>copy … from stdin</c>, whose data no statement can carry.</summary>
    [GeneratedRegex(@"^copy\b.*\b(from\s+stdin|to\s+stdout)\b", Options)]
    public static partial Regex CopyThroughClient();

    /// <summary>Statements that the server refuses inside a transaction, or that may end one themselves.</summary>
    [GeneratedRegex(
        @"^(create\s+(unique\s+)?index\s+concurrently|drop\s+index\s+concurrently|reindex\b.*\bconcurrently|vacuum|(create|drop)\s+(database|tablespace|subscription)|alter\s+system|cluster\s*$|call|do|alter\s+table\b.*\bdetach\s+partition\b.*\bconcurrently)\b",
        Options)]
    public static partial Regex OutsideTransaction();

    /// <summary>Statements that wait for other transactions to end while they hold nobody up, so that a short lock timeout would only make them fail.</summary>
    [GeneratedRegex(@"\bconcurrently\b", Options)]
    public static partial Regex Concurrently();

    [GeneratedRegex(@"^create\s+(?:unique\s+)?index\s+concurrently\s+(?:(?:if\s+not\s+exists\s+)?(?<name>(?!on\b)" + Name + @")\s+)?on\s+(?:only\s+)?(?<table>" + Name + @"(?:\s*\.\s*" + Name + ")?)", Options)]
    public static partial Regex ConcurrentIndex();

    [GeneratedRegex(@"^drop\s+index\s+concurrently\b", Options)]
    public static partial Regex ConcurrentDrop();
}
