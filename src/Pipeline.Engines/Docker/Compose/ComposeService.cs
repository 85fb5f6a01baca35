using Pipeline.Engines.Docker.Containers;

namespace Pipeline.Engines.Docker.Compose;

/// <summary>One service of a compose file.</summary>
/// <param name="Name">Its name, by which the others reach it.</param>
/// <param name="Container">The container, as the pipeline itself would run it. Its name, labels and network are compose's own affair.</param>
public sealed record ComposeService(string Name, ContainerSpecification Container)
{
    /// <summary>The secrets that it sees, each as the file <c>/run/secrets/NAME</c>.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Files beside the secrets that it sees, read-only: the path in the container by the name of the file.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>What has to be there before it starts.</summary>
    public IReadOnlyList<ComposeDependency> After { get; init; } = [];

    /// <summary>Whether it stays or does one thing and ends.</summary>
    public ComposeLife Life { get; init; }
}

/// <summary>How long a service lasts.</summary>
public enum ComposeLife
{
    /// <summary>As long as the project.</summary>
    Stays,

    /// <summary>Until it has done its work; it is started again when it fails.</summary>
    RunsOnce,
}

/// <summary>A service that another needs.</summary>
/// <param name="Service">Its name.</param>
/// <param name="Condition">How far it has to be.</param>
public sealed record ComposeDependency(string Service, ComposeCondition Condition);

/// <summary>How far a service has to be.</summary>
public enum ComposeCondition
{
    /// <summary>Started.</summary>
    Started,

    /// <summary>Well, as its health check says.</summary>
    Healthy,

    /// <summary>Ended with 0.</summary>
    Completed,
}
