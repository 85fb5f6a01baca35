using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Postgres.Migrations.Statements;

namespace Pipeline.Postgres.Migrations.Files;

/// <summary>What the comments at the top of a migration say: <c>-- pipeline: no-transaction</c>.</summary>
internal sealed partial record MigrationDirectives
{
    private const string Known = "contract, no-transaction, lock-timeout 3s, statement-timeout 5m";

    /// <summary>The version before this migration does not work on the database after it.</summary>
    public bool Contract { get; private init; }

    /// <summary>Every statement is a transaction of its own.</summary>
    public bool NoTransaction { get; private init; }

    /// <summary>How long a statement may wait for a lock; null for the runner's own time.</summary>
    public TimeSpan? LockTimeout { get; private init; }

    /// <summary>How long a statement may take; null for the runner's own time.</summary>
    public TimeSpan? StatementTimeout { get; private init; }

    public static MigrationDirectives Read(string text, List<SqlFault> faults)
    {
        var directives = new MigrationDirectives();
        var inHeader = true;
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var content = line.Trim();
            if (Directive().Match(content) is { Success: true } match)
            {
                if (!inHeader)
                    faults.Add(new SqlFault(index + 1, $"'{content}' stands below the first statement; move it to the top of the file"));
                directives = directives.With(match.Groups["words"].Value, index + 1, faults);
            }
            else if (content.Length > 0 && !content.StartsWith("--", StringComparison.Ordinal))
                inHeader = false;
        }
        return directives;
    }

    private MigrationDirectives With(string directive, int line, List<SqlFault> faults)
    {
        var words = directive.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["contract"]:
                return this with { Contract = true };
            case ["no-transaction"]:
                return this with { NoTransaction = true };
            case ["lock-timeout", var value] when Duration(value) is { } time:
                return this with { LockTimeout = time };
            case ["statement-timeout", var value] when Duration(value) is { } time:
                return this with { StatementTimeout = time };
            default:
                faults.Add(new SqlFault(line, $"'-- pipeline: {directive}' is not known; known are {Known}"));
                return this;
        }
    }

    private static TimeSpan? Duration(string text)
    {
        var match = DurationText().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return match.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            _ => TimeSpan.FromMinutes(number),
        };
    }

    [GeneratedRegex(@"^--\s*pipeline:\s*(?<words>.*?)\s*$")]
    private static partial Regex Directive();

    [GeneratedRegex(@"^([1-9]\d{0,5})(ms|s|m)$")]
    private static partial Regex DurationText();
}
