using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Deployments;

/// <summary>The wish to return an environment to an earlier release.</summary>
/// <param name="To">Which one; null for the previous.</param>
/// <param name="By">Who asks.</param>
/// <param name="Reason">In the asker's words; null when none was given.</param>
public sealed record RollbackRequest(Digest? To, string By, string? Reason);
