namespace Pipeline.Engines.Docker.Cli;

/// <summary>One call of the <c>docker</c> command.</summary>
/// <param name="Arguments">What follows <c>docker --host …</c>.</param>
public sealed record DockerCall(IReadOnlyList<string> Arguments)
{
    /// <summary>What the call is about, for messages: <c>container shop-production-blue-1</c>. By default the beginning of the arguments.</summary>
    public string About { get; init; } = $"docker {string.Join(' ', Arguments.Take(2))}";

    /// <summary>What it reads from standard input: the place for secrets. Empty by default.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How long it may take; one minute by default. A transfer of an image needs more.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);
}
