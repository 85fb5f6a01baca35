namespace Pipeline.Postgres.Tests;

/// <summary>A clock that a test sets, forward and backward. Waiting still takes real time.</summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
