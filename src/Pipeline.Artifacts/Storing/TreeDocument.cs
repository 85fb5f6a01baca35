using Pipeline.Artifacts.Layers;

namespace Pipeline.Artifacts.Storing;

/// <summary>The files of an image, as they are kept.</summary>
internal sealed record TreeDocument
{
    public required IReadOnlyDictionary<string, ImageFile> Files { get; init; }

    public required IReadOnlyDictionary<string, ImageLink> Links { get; init; }

    public required IReadOnlyCollection<string> Folders { get; init; }

    public static TreeDocument Of(ImageTree tree) => new() { Files = tree.Files, Links = tree.Links, Folders = tree.Folders };

    public ImageTree ToTree()
    {
        var tree = new ImageTree();
        foreach (var (path, file) in Files)
            tree.AddFile(path, file);
        foreach (var (path, link) in Links)
            tree.AddLink(path, link);
        foreach (var path in Folders)
            tree.AddFolder(path);
        return tree;
    }
}
