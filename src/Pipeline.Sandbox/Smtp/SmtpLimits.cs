namespace Pipeline.Sandbox.Smtp;

/// <summary>How much one client may do (RFC 5321, section 4.5.3).</summary>
internal sealed record SmtpLimits
{
    public int LargestMessage { get; init; } = 10 * 1024 * 1024;

    public int LongestCommand { get; init; } = 2048;

    public int MostRecipients { get; init; } = 100;

    public int MostSessions { get; init; } = 100;

    public int MostErrors { get; init; } = 20;

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
