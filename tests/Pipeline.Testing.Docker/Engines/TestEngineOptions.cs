namespace Pipeline.Testing.Docker.Engines;

/// <summary>How a test's engine is to run.</summary>
public sealed record TestEngineOptions
{
    /// <summary>Whether containers go on without the engine.</summary>
    public bool LiveRestore { get; init; }

    /// <summary>Whether the engine listens at its address on port 2376 too, for clients with a certificate alone.</summary>
    public bool Tls { get; init; }

    /// <summary>How often the engine tries to fetch a layer before it gives up; Docker's own 5 take it a minute.</summary>
    public int DownloadAttempts { get; init; } = 5;

    /// <summary>The size of the engine's disk in MiB; null for as much as the machine has.</summary>
    public int? DiskMegabytes { get; init; }
}
