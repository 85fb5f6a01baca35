namespace Pipeline.Applications.Sources.Git;

/// <summary>What git knows about the sources that are built.</summary>
/// <param name="Root">The top folder of the working tree.</param>
/// <param name="Commit">The full id of the commit that is checked out.</param>
/// <param name="CommittedAt">The committer's time.</param>
/// <param name="Version">The version, from tags and history.</param>
/// <param name="Changes">Files that differ from the commit, and new ones that git does not ignore.</param>
/// <param name="Source">Where the sources live, without credentials; null when only this machine has them.</param>
public sealed record GitFacts(
    string Root, string Commit, DateTimeOffset CommittedAt, string Version, IReadOnlyList<string> Changes, string? Source)
{
    /// <summary>Whether what is built is something else than the commit.</summary>
    public bool IsDirty => Changes.Count > 0;
}
