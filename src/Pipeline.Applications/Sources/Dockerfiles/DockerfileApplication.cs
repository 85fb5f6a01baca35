using Pipeline.Artifacts;

namespace Pipeline.Applications.Sources.Dockerfiles;

/// <summary>An application in any language, with a Dockerfile.</summary>
/// <param name="Title">Its name, for people.</param>
/// <param name="Folder">The folder that COPY sees, relative to the top of the clone.</param>
public sealed record DockerfileApplication(string Title, string Folder)
{
    /// <summary>The Dockerfile, relative to <see cref="Folder"/>.</summary>
    public string File { get; init; } = "Dockerfile";

    /// <summary>The image that its FROM takes from <c>ARG BASE</c>; null when the Dockerfile names one itself, by digest.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>Programs to run in the copy of the folder before it is built, such as <c>npm ci</c>: what needs the network or a cache of this machine.</summary>
    public IReadOnlyList<PreparingProgram> Before { get; init; } = [];

    /// <summary>The engine that builds, as DOCKER_HOST says it; null for Docker's own default.</summary>
    public string? DockerHost { get; init; }
}

/// <summary>A program that prepares a folder.</summary>
/// <param name="Name">The program: <c>npm</c>.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record PreparingProgram(string Name, string Arguments);
