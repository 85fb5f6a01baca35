namespace Pipeline.Testing.Docker.Engines;

/// <summary>How a test's engine is to run.</summary>
public sealed record TestEngineOptions
{
    /// <summary>Whether containers go on without the engine.</summary>
    public bool LiveRestore { get; init; }

    /// <summary>Whether the engine listens at its address on port 2376 too, for clients with a certificate alone.</summary>
    public bool Tls { get; init; }

    /// <summary>The size of the engine's disk in MiB; null for as much as the machine has.</summary>
    public int? DiskMegabytes { get; init; }
}
