using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Telling;

/// <summary>What became of telling.</summary>
/// <param name="Told">What was told now, a line each.</param>
/// <param name="Refused">What GitHub does not take; it is tried again another time.</param>
/// <param name="Left">How many facts GitHub does not know.</param>
/// <param name="Broken">Why the rest was not told; null when nothing stood against it.</param>
public sealed record TellingReport(IReadOnlyList<string> Told, IReadOnlyList<RefusedTelling> Refused, int Left, GitHubException? Broken)
{
    /// <summary>Why GitHub does not know everything, for people; null when it does.</summary>
    public string? Shortfall => Left == 0 ? null : string.Join("; ", Refused.Select(each => each.Why).Concat(Broken is null ? [] : [Broken.Message]));

    /// <summary>
    /// Why one deployment cannot be told, for people; null when nothing stands against it. What GitHub does not take of other deployments, such as a commit that was never pushed,
    /// does not: it may never be taken.
    /// </summary>
    /// <param name="deployment">The ledger's number of the deployment; null for one that has none yet.</param>
    public string? Against(long? deployment) => Broken?.Message ?? Refused.FirstOrDefault(each => each.Deployment == deployment)?.Why;
}

/// <summary>GitHub does not take what it was told of a deployment.</summary>
/// <param name="Deployment">The ledger's number of the deployment.</param>
/// <param name="Why">Of what, and its reason.</param>
public sealed record RefusedTelling(long Deployment, string Why);
