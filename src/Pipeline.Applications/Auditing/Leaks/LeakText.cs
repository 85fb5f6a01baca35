namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>Looks through a text of one file: the whole of it, or lines that a commit added.</summary>
internal static class LeakText
{
    /// <summary>What was found.</summary>
    /// <param name="file">The file, relative to the top of the repository.</param>
    /// <param name="text">The text.</param>
    /// <param name="firstLine">The number of its first line in the file.</param>
    /// <param name="commit">The commit that added it, abbreviated; null for the present tree.</param>
    public static IEnumerable<Leak> Find(string file, string text, int firstLine, string? commit)
    {
        var found = SettingLeaks.IsSettings(file) ? LeakRules.Find(text).Concat(SettingLeaks.Find(text)).DistinctBy(each => each.At) : LeakRules.Find(text);
        foreach (var (at, kind, secret) in found)
        {
            var place = $"{Shown(file)}:{firstLine + text.AsSpan(0, at).Count('\n')}";
            yield return Leak.Of(commit is null ? place : $"commit {commit}, {place}", kind, secret);
        }
    }

    // Names of files are whatever somebody committed, line ends among it.
    private static string Shown(string file) => string.Concat(file.Select(character => char.IsControl(character) ? '?' : character));
}
