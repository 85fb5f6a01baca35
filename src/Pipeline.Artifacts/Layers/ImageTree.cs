namespace Pipeline.Artifacts.Layers;

/// <summary>A file of an image as it is seen when all layers lie on each other.</summary>
/// <param name="Layer">The number of the layer whose bytes are seen.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Checksum">sha256 of its bytes, lower-case hexadecimal.</param>
internal sealed record ImageFile(int Layer, long Size, string Checksum);

/// <summary>A link in an image.</summary>
/// <param name="Layer">The number of its layer.</param>
/// <param name="Target">Where it leads, as it is written.</param>
internal sealed record ImageLink(int Layer, string Target);

/// <summary>All files, folders and links of an image, by path.</summary>
internal sealed class ImageTree
{
    private readonly SortedDictionary<string, ImageFile> files = new(StringComparer.Ordinal);
    private readonly SortedSet<string> folders = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, ImageLink> links = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ImageFile> Files => files;

    public IReadOnlyDictionary<string, ImageLink> Links => links;

    public IReadOnlyCollection<string> Folders => folders;

    public bool Contains(string path) => files.ContainsKey(path) || folders.Contains(path) || links.ContainsKey(path);

    public void AddFile(string path, ImageFile file) => files[path] = file;

    public void AddLink(string path, ImageLink link) => links[path] = link;

    public void AddFolder(string path) => folders.Add(path);

    /// <summary>Removes what lies at a path in the layers below the given one.</summary>
    public void RemoveLower(string path, int layer)
    {
        if (files.TryGetValue(path, out var file) && file.Layer < layer)
            files.Remove(path);
        if (links.TryGetValue(path, out var link) && link.Layer < layer)
            links.Remove(path);
        folders.Remove(path);
        RemoveLowerInside(path, layer);
    }

    /// <summary>Removes what lies inside a folder in the layers below the given one; the root is the empty path.</summary>
    public void RemoveLowerInside(string folder, int layer)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        foreach (var (path, _) in files.Where(pair => pair.Value.Layer < layer && pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
            files.Remove(path);
        foreach (var (path, _) in links.Where(pair => pair.Value.Layer < layer && pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
            links.Remove(path);
        folders.RemoveWhere(path => path.StartsWith(prefix, StringComparison.Ordinal));
    }

    /// <summary>Adds the folders that files lie in without an entry of their own.</summary>
    /// <exception cref="InvalidDataException">A path is two things at once, or lies below a link.</exception>
    public void Complete()
    {
        foreach (var path in files.Keys.Concat(folders).Concat(links.Keys).ToArray())
            folders.UnionWith(LayerPath.Parents(path));
        foreach (var path in folders.Where(files.ContainsKey))
            throw new InvalidDataException($"'{path}' is a file and a folder at once");
        foreach (var path in links.Keys.Where(path => files.ContainsKey(path) || folders.Contains(path)))
            throw new InvalidDataException($"'{path}' is a link, and also a file, or a folder with something in it");
    }
}
