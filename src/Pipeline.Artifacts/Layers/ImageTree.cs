namespace Pipeline.Artifacts.Layers;

/// <summary>A file of an image as it is seen when all layers lie on each other.</summary>
/// <param name="Layer">The number of the layer whose bytes are seen.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Checksum">sha256 of its bytes, lower-case hexadecimal.</param>
internal sealed record ImageFile(int Layer, long Size, string Checksum);

/// <summary>All files and folders of an image, by path.</summary>
internal sealed class ImageTree
{
    private readonly SortedDictionary<string, ImageFile> files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> folders = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ImageFile> Files => files;

    public IReadOnlyCollection<string> Folders => folders;

    public bool Contains(string path) => files.ContainsKey(path) || folders.Contains(path);

    public void AddFile(string path, ImageFile file) => files[path] = file;

    public void AddFolder(string path) => folders.Add(path);

    /// <summary>Removes what lies at a path in the layers below the given one.</summary>
    public void RemoveLower(string path, int layer)
    {
        if (files.TryGetValue(path, out var file) && file.Layer < layer)
            files.Remove(path);
        folders.Remove(path);
        RemoveLowerInside(path, layer);
    }

    /// <summary>Removes what lies inside a folder in the layers below the given one; the root is the empty path.</summary>
    public void RemoveLowerInside(string folder, int layer)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        foreach (var (path, _) in files.Where(pair => pair.Value.Layer < layer && pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
            files.Remove(path);
        folders.RemoveWhere(path => path.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>Adds the folders that files lie in without an entry of their own.</summary>
    /// <exception cref="InvalidDataException">A path is a file and a folder at once.</exception>
    public void Complete()
    {
        foreach (var path in files.Keys.Concat(folders).ToArray())
            folders.UnionWith(LayerPath.Parents(path));
        foreach (var path in folders.Where(files.ContainsKey))
            throw new InvalidDataException($"'{path}' is a file and a folder at once");
    }
}
