using System.Security.Cryptography;
using System.Text.Json;

namespace Pipeline.Engines.Docker.Containers;

/// <summary>
/// A container as it is wanted: the same record becomes a call of <c>docker run</c> and a service of a compose file. Hardened unless it says otherwise:
/// read-only root, no capability, no new privileges. Secrets have no place in it; they go into memory volumes.
/// </summary>
public sealed record ContainerSpecification
{
    /// <summary>Its name on the host: <c>shop-production-blue-1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for: <c>instance</c>, <c>door</c>, <c>edge</c>, <c>keeper</c>, <c>memory</c>, <c>database</c>, <c>sandbox</c>.</summary>
    public required string Role { get; init; }

    /// <summary>The image, by digest or by id: <c>registry.example.org/shop@sha256:…</c>.</summary>
    public required string Image { get; init; }

    /// <summary>The program and its first arguments instead of the image's own; empty for the image's own.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>The arguments instead of the image's own; empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Environment variables, none of them secret: every user of the host can read them.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels besides those of the environment and the specification itself.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>User and group, as numbers: <c>10001:10001</c>; null for the image's own.</summary>
    public string? User { get; init; }

    /// <summary>The network it joins, and its address there.</summary>
    public required ContainerNetwork Network { get; init; }

    /// <summary>The ports that it publishes on the host.</summary>
    public IReadOnlyList<PublishedPort> Ports { get; init; } = [];

    /// <summary>The volumes that it sees.</summary>
    public IReadOnlyList<VolumeMount> Volumes { get; init; } = [];

    /// <summary>Folders in memory of its own.</summary>
    public IReadOnlyList<MemoryMount> Memory { get; init; } = [new("/tmp", 64)];

    /// <summary>What it may use of the host.</summary>
    public ContainerLimits Limits { get; init; } = new();

    /// <summary>Whether it may write outside of its volumes and memory folders; not by default.</summary>
    public bool WritableRoot { get; init; }

    /// <summary>The capabilities that it keeps: <c>CHOWN</c>; none by default.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Kernel parameters of its namespaces: <c>net.ipv4.tcp_migrate_req</c>.</summary>
    public IReadOnlyDictionary<string, string> KernelParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>How the engine asks whether it is well; null for what the image says.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>The time between SIGTERM and SIGKILL.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When the engine starts it again; by default always, until somebody stops it.</summary>
    public RestartRule Restart { get; init; } = RestartRule.Always;

    /// <summary>Whether a small init process stands before the program, which reaps orphans and passes signals on; it does by default.</summary>
    public bool Init { get; init; } = true;

    /// <summary>sha256 over all of it, in hexadecimal: tells whether a container is still what is wanted.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Ordered())));

    // The order of a dictionary's keys means nothing.
    private ContainerSpecification Ordered() => this with
    {
        Environment = Sorted(Environment),
        Labels = Sorted(Labels),
        KernelParameters = Sorted(KernelParameters),
    };

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> pairs) => new(pairs.ToDictionary(), StringComparer.Ordinal);
}
