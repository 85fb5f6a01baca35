using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Telling;

namespace Pipeline.Delivery.Deployments;

/// <summary>The wish to return an environment to an earlier release.</summary>
/// <param name="To">Which one; null for the previous.</param>
/// <param name="By">Who asks.</param>
/// <param name="Reason">In the asker's words; null when none was given.</param>
public sealed record RollbackRequest(Digest? To, string By, string? Reason)
{
    /// <summary>Who outside is told how it goes; null for nobody.</summary>
    public Listener? Listener { get; init; }
}
