using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Hosts;

namespace Build.Environments.Stages;

/// <summary>What runs the environments, and why that.</summary>
/// <param name="Name"><c>process</c> or <c>docker</c>.</param>
/// <param name="Reason">For people.</param>
public sealed record EngineChoice(string Name, string Reason)
{
    public const string Process = "process";
    public const string Docker = "docker";

    public bool IsDocker => Name == Docker;

    /// <summary>What was asked for; else Docker where the artifact is built to run in containers and an engine answers; else processes.</summary>
    /// <param name="asked">What <c>--engine</c> says; null for nothing.</param>
    /// <param name="baseImage">The image that the artifact is built upon; null when there is none.</param>
    /// <param name="hosts">The hosts of all environments.</param>
    /// <param name="time">The clock.</param>
    public static EngineChoice Make(string? asked, string? baseImage, IReadOnlyList<DockerHost> hosts, TimeProvider time)
    {
        if (asked is not null)
            return new(asked, "--engine says so");
        if (baseImage is null)
            return new(Process, "no --base-image is named, which containers need");
        var observed = hosts.Select(host => new DockerCli(host, time).ObserveAsync(CancellationToken.None).GetAwaiter().GetResult()).ToList();
        return observed.Find(host => !host.Reachable) is { } silent
            ? new(Process, $"a base image is named, but no Docker engine answers ({silent.Unreachable})")
            : new(Docker, $"a base image is named, and {string.Join(" and ", observed.Select(host => $"{host.Host} answers (Docker {host.Version})"))}");
    }
}
