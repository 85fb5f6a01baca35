namespace Pipeline.Applications.Sources.Git;

/// <summary>Writes a version so that no two commits share it: a commit without a tag of its own adds its id, a changed tree says so.</summary>
internal static class VersionText
{
    // Not git's own abbreviation, whose length depends on how many objects a clone happens to have.
    private const int IdLength = 8;

    public static string Of(CommitVersion version, string commit, IReadOnlyList<string> changes)
    {
        var metadata = new List<string>();
        if (!version.IsTagged)
            metadata.Add($"g{commit[..IdLength]}");
        if (changes.Count > 0)
            metadata.Add("dirty");
        return metadata.Count == 0 ? $"{version.Version}" : $"{version.Version}+{string.Join('.', metadata)}";
    }
}
