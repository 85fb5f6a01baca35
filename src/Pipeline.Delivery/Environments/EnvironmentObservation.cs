using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Environments;

/// <summary>An environment as it was observed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where users reach it.</param>
/// <param name="State">How it is.</param>
/// <param name="Problems">Why it is not healthy, for people; empty when it is.</param>
/// <param name="Colour">The side with the traffic; null when there is none.</param>
/// <param name="Since">Since when the present release is in place; null when none is.</param>
/// <param name="By">Who put it there.</param>
/// <param name="Release">The release in place; null when none is.</param>
/// <param name="Previous">The release that a rollback returns to; null when there is none.</param>
/// <param name="Instances">All instances, of both sides.</param>
public sealed record EnvironmentObservation(
    string Name, Uri Url, EnvironmentState State, IReadOnlyList<string> Problems, Colour? Colour, DateTimeOffset? Since, string? By,
    Release? Release, Release? Previous, IReadOnlyList<ObservedInstance> Instances)
{
    /// <summary>Who agreed that the present release comes here; null where nobody was asked.</summary>
    public Approval? Approval { get; init; }

    /// <summary>An environment that nothing was ever put into.</summary>
    public static EnvironmentObservation Absent(string name, Uri url) => new(name, url, EnvironmentState.Absent, [], null, null, null, null, null, []);
}

/// <summary>An instance as engine and edge see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Digest">The release that it really runs.</param>
/// <param name="Healthy">Whether it runs and the edge's probes find it ready.</param>
/// <param name="Weight">The share of the requests that its side gets, 0 to 100.</param>
public sealed record ObservedInstance(string Id, Digest Digest, bool Healthy, int Weight)
{
    /// <summary>What its host's own health check says, or why there is none; null where hosts have no such check.</summary>
    public string? Health { get; init; }

    /// <summary>What keeps it from running although nothing is wrong with its release, with the remedy; null when nothing does.</summary>
    public string? Waiting { get; init; }
}
