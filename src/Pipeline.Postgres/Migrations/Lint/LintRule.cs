using System.Text.RegularExpressions;
using Pipeline.Postgres.Migrations.Files;

namespace Pipeline.Postgres.Migrations.Lint;

/// <summary>One thing not to do to a table that an application uses.</summary>
/// <param name="Shape">The statement; its group <c>table</c> names the table, when one does.</param>
/// <param name="Message">What it does, and what to write instead.</param>
internal sealed record LintRule(Regex Shape, string Message)
{
    /// <summary>Whether the rule holds for this file at all.</summary>
    public Func<MigrationDirectives, bool> Concerns { get; init; } = _ => true;

    public bool AppliesTo(string code, MigrationDirectives directives, IReadOnlySet<string> created) =>
        Concerns(directives) && Shape.Match(code) is { Success: true } match && !created.Contains(LintRules.Normalize(match.Groups["table"].Value));
}
