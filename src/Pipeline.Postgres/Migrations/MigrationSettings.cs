namespace Pipeline.Postgres.Migrations;

/// <summary>How migrations are applied.</summary>
public sealed record MigrationSettings
{
    /// <summary>The database in the user's words, for messages: <c>database of staging</c>; default <c>database</c>.</summary>
    public string Subject { get; init; } = "database";

    /// <summary>How long a statement may wait for a lock while it keeps others waiting behind it, unless the file says otherwise; default 3 seconds.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a migration is tried that does not get its locks; at least 1, default 8.</summary>
    public int LockAttempts { get; init; } = 8;

    /// <summary>The pause after the first attempt, doubled after each further one; default a quarter of a second.</summary>
    public TimeSpan LockPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause; default 10 seconds.</summary>
    public TimeSpan LongestLockPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a statement may take, unless the file says otherwise; null (the default) for as long as it needs.</summary>
    public TimeSpan? StatementTimeout { get; init; }
}
