namespace Pipeline.Postgres.Migrations.Lint;

/// <summary>A statement that would hurt a running application.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line of the statement, from 1.</param>
/// <param name="Message">What it does, and what to write instead.</param>
public sealed record LintFinding(string File, int Line, string Message)
{
    /// <summary><c>0003_orders.sql:12: …</c>.</summary>
    public override string ToString() => $"{File}:{Line}: {Message}";
}
