using Pipeline.Applications.Stages.Docker;
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

    /// <summary>
    /// What was asked for; else Docker where hosts are named, whether they answer or not; else what an earlier run put the environments on; else Docker where this
    /// machine's engine answers and the artifact is built upon an image; else processes.
    /// </summary>
    /// <param name="asked">What <c>--engine</c> says; null for nothing.</param>
    /// <param name="hosts">The hosts of the environments.</param>
    /// <param name="marks">What earlier runs put the environments on, the most important environment first.</param>
    /// <param name="baseImage">The image that the artifact is built upon; null when there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<EngineChoice> MakeAsync(
        string? asked, DockerParameters hosts, IReadOnlyList<EngineMark> marks, string? baseImage, TimeProvider time, CancellationToken cancellation)
    {
        if (asked is not null)
            return new(asked, "--engine says so");
        if (hosts.Named is [var first, ..])
            return new(Docker, $"{first.Parameter} names {string.Join(", ", first.Hosts)}");
        if (marks.FirstOrDefault(mark => mark.Read() is not null) is { } mark)
            return new(mark.Read()!, $"an earlier run put {mark.Environment} there; --engine changes it");
        // Asking costs every run the start of a program, so it is left where the answer changes nothing.
        if (baseImage is null)
            return new(Process, "no base image is named, which containers need; where Docker is to run them, make one with --target BuildBaseImage and name it with --base-image");
        var engine = await new DockerCli(DockerHost.OfThisMachine, time).ObserveAsync(cancellation);
        return engine.Reachable
            ? new(Docker, $"Docker {engine.Version} answers, and a base image is named")
            : new(Process, $"a base image is named, but no Docker engine answers: {engine.Unreachable}");
    }
}
