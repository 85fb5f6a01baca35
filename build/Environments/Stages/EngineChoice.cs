using Pipeline.Applications.Images;
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
    /// machine's engine answers and containers have an image to stand upon, which is named or can be made here; else processes.
    /// </summary>
    /// <param name="asked">What <c>--engine</c> says; null for nothing.</param>
    /// <param name="hosts">The hosts of the environments.</param>
    /// <param name="marks">What earlier runs put the environments on, the most important environment first.</param>
    /// <param name="images">The image that the artifact is built upon.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<EngineChoice> MakeAsync(
        string? asked, DockerParameters hosts, IReadOnlyList<EngineMark> marks, ImageHouse images, TimeProvider time, CancellationToken cancellation)
    {
        if (asked is not null)
            return new(asked, "--engine says so");
        if (hosts.Named is [var first, ..])
            return new(Docker, $"{first.Parameter} names {string.Join(", ", first.Hosts)}");
        if (marks.FirstOrDefault(mark => mark.Read() is not null) is { } mark)
            return new(mark.Read()!, $"an earlier run put {mark.Environment} there; --engine changes it");
        // Asking an engine costs every run the start of a program, so it is left where the answer changes nothing.
        if (images.BaseFaults is [var lacking, ..])
            return new(Process, $"containers need a base image, but --base-image names none, and none can be made here: {lacking}");
        var local = DockerHost.OfThisMachine;
        if (local.MissingSocket is { } socket)
            return new(Process, $"no Docker engine answers: there is no {socket}");
        var engine = await new DockerCli(local, time).ObserveAsync(cancellation);
        return engine.Reachable ? new(Docker, $"Docker {engine.Version} answers") : new(Process, $"no Docker engine answers: {engine.Unreachable}");
    }
}
