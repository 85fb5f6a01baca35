namespace Pipeline.Engines.Docker.Containers;

/// <summary>The network that a container joins.</summary>
/// <param name="Name">The network; null when it shares another container's.</param>
/// <param name="Address">Its address there, which it keeps over restarts; null for any. Needs a network with a subnet of its own.</param>
/// <param name="SharedWith">The container whose network namespace it joins; null when it has one of its own.</param>
public sealed record ContainerNetwork(string? Name, string? Address, string? SharedWith)
{
    private const string HostName = "host";

    /// <summary>The network of the host itself, where what a container opens is what the host opens.</summary>
    public static ContainerNetwork OfHost { get; } = new(HostName, null, null);

    /// <summary>Whether it is the network of the host itself.</summary>
    public bool IsOfHost => Name == HostName;

    /// <summary>A network with any address.</summary>
    public static ContainerNetwork Named(string name) => new(name, null, null);

    /// <summary>A network with a fixed address.</summary>
    public static ContainerNetwork At(string name, string address) => new(name, address, null);

    /// <summary>The network namespace of another container.</summary>
    public static ContainerNetwork Of(string container) => new(null, null, container);
}

/// <summary>A port of the host that leads into a container.</summary>
/// <param name="HostAddress">The address of the host that it is published on: <c>127.0.0.1</c>, <c>0.0.0.0</c>.</param>
/// <param name="HostPort">The port of the host.</param>
/// <param name="ContainerPort">The port in the container.</param>
public sealed record PublishedPort(string HostAddress, int HostPort, int ContainerPort);

/// <summary>A volume in a container.</summary>
/// <param name="Volume">The name of the volume.</param>
/// <param name="Path">Where the container sees it.</param>
/// <param name="Access">What the container may do there.</param>
public sealed record VolumeMount(string Volume, string Path, VolumeAccess Access);

/// <summary>What a container may do in a volume.</summary>
public enum VolumeAccess
{
    /// <summary>Read alone.</summary>
    Read,

    /// <summary>Read and write.</summary>
    Write,
}

/// <summary>A folder in memory: <c>/tmp</c>.</summary>
/// <param name="Path">Where the container sees it.</param>
/// <param name="Megabytes">Its size.</param>
public sealed record MemoryMount(string Path, int Megabytes);

/// <summary>What a container may use of its host.</summary>
public sealed record ContainerLimits
{
    /// <summary>Memory in MiB, swap included; default 512. A container that wants more is killed and started again.</summary>
    public int Megabytes { get; init; } = 512;

    /// <summary>Processors; default 1.</summary>
    public double Processors { get; init; } = 1;

    /// <summary>Processes and threads; default 512.</summary>
    public int Processes { get; init; } = 512;

    /// <summary>The size in MiB of the log that is kept; default 30, in three files.</summary>
    public int LogMegabytes { get; init; } = 30;
}

/// <summary>How an engine asks a container whether it is well.</summary>
/// <param name="Command">A program in the container and its arguments; 0 means well.</param>
public sealed record HealthCheck(IReadOnlyList<string> Command)
{
    /// <summary>The time between two questions; default 10 seconds.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take; default 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bad answers in a row mean that it is not well; default 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The time after the start in which bad answers do not count; default one minute.</summary>
    public TimeSpan StartPeriod { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>When an engine starts a container again. See https://docs.docker.com/engine/containers/start-containers-automatically/.</summary>
public enum RestartRule
{
    /// <summary>Whenever its program has ended, and with the engine itself, until somebody stops it.</summary>
    Always,

    /// <summary>When its program has ended with another code than 0.</summary>
    AfterFailure,
}
