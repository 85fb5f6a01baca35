using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Environments;

/// <summary>One running copy of a release, as the engine observed it.</summary>
/// <param name="Id">As in its specification.</param>
/// <param name="Colour">The side it belongs to.</param>
/// <param name="Digest">The release that it really runs.</param>
/// <param name="SettingsFingerprint">As in its specification.</param>
/// <param name="Address">Where the edge reaches it.</param>
/// <param name="Running">Whether its process is alive.</param>
/// <param name="StartedAt">When its present process started.</param>
/// <param name="Restarts">How often it was started again since it was asked for.</param>
/// <param name="LastExit">How its last process ended, for people; null when none did.</param>
public sealed record Instance(
    string Id, Colour Colour, Digest Digest, string SettingsFingerprint, Uri Address, bool Running, DateTimeOffset StartedAt, int Restarts,
    string? LastExit)
{
    /// <summary>What its host's own health check says of it, <c>healthy</c>, <c>starting</c>, <c>unhealthy</c>, or why there is none; null where hosts have no such check.</summary>
    public string? Health { get; init; }

    /// <summary>What keeps it from running although nothing is wrong with its release, with the remedy; null when nothing does.</summary>
    public string? Waiting { get; init; }
}
