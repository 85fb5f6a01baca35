namespace Pipeline.Artifacts.Storing;

/// <summary>A few files of an image, as they are seen when all layers lie on each other.</summary>
/// <param name="Contents">The bytes of each, by its path relative to the root of the image.</param>
/// <param name="Links">Symbolic links, by path, with what they point at.</param>
internal sealed record SelectedFiles(IReadOnlyDictionary<string, byte[]> Contents, IReadOnlyDictionary<string, string> Links)
{
    /// <summary>The bytes of the largest file that is taken.</summary>
    public const int LargestFile = 32 * 1024 * 1024;

    public string? Text(string path) => Contents.TryGetValue(path, out var content) ? System.Text.Encoding.UTF8.GetString(content).TrimStart('\uFEFF') : null;

    public IEnumerable<string> EndingWith(string ending) => Contents.Keys.Where(path => path.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
