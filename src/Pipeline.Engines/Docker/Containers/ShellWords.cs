namespace Pipeline.Engines.Docker.Containers;

/// <summary>Words for <c>/bin/sh</c>, which <c>docker run --health-cmd</c> hands its text to.</summary>
internal static class ShellWords
{
    internal static string Quote(IEnumerable<string> words) => string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
}
