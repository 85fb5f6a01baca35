using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Telling;

/// <summary>What became of telling.</summary>
/// <param name="Told">What was told now, a line each.</param>
/// <param name="Refused">What GitHub does not take, with its reason, a line each; it is tried again another time.</param>
/// <param name="Left">How many facts GitHub does not know.</param>
/// <param name="Broken">Why the rest was not told; null when nothing stood against it.</param>
public sealed record TellingReport(IReadOnlyList<string> Told, IReadOnlyList<string> Refused, int Left, GitHubException? Broken)
{
    /// <summary>Why GitHub does not know everything, for people; null when it does.</summary>
    public string? Shortfall => Left == 0 ? null : string.Join("; ", Broken is null ? Refused : [.. Refused, Broken.Message]);
}
