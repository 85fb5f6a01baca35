namespace Pipeline.Engines.Docker.Hosts;

/// <summary>What a Docker host said when it was asked who it is.</summary>
/// <param name="Host">The host.</param>
/// <param name="Version">The version of its engine: <c>20.10.24</c>; null when it did not answer.</param>
/// <param name="Unreachable">Why it did not answer, and what to do; null when it did.</param>
public sealed record DockerHostObservation(DockerHost Host, string? Version, string? Unreachable)
{
    /// <summary>Whether it answered.</summary>
    public bool Reachable => Unreachable is null;
}
