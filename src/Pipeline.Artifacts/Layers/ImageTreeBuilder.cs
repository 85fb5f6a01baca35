using System.Security.Cryptography;

namespace Pipeline.Artifacts.Layers;

/// <summary>Lays layer upon layer: https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md#applying-changesets.</summary>
/// <param name="tree">What is built.</param>
/// <param name="linkFolder">The folder in which links are allowed that stay there; null for none.</param>
internal sealed class ImageTreeBuilder(ImageTree tree, string? linkFolder)
{
    private readonly HashSet<string> ofThisLayer = new(StringComparer.Ordinal);
    private long bytes;
    private int entries;

    public void StartLayer() => ofThisLayer.Clear();

    /// <exception cref="InvalidDataException">The entry is neither a file nor a folder or is there twice, or the image is larger than allowed.</exception>
    public async Task AddAsync(int layer, LayerEntry entry, CancellationToken cancellation)
    {
        if (++entries > LayerLimits.Entries)
            throw new InvalidDataException($"the image has more than {LayerLimits.Entries} entries");
        if ((bytes += entry.Size) > LayerLimits.UnpackedBytes)
            throw new InvalidDataException($"the image has more than {LayerLimits.UnpackedBytes} bytes");
        switch (entry.Kind)
        {
            case LayerEntryKind.File when !ofThisLayer.Add(entry.Path):
                throw new InvalidDataException($"entry '{entry.Path}' is there twice");
            case LayerEntryKind.File:
                tree.RemoveLower(entry.Path, layer);
                tree.AddFile(entry.Path, new ImageFile(layer, entry.Size, Convert.ToHexStringLower(await SHA256.HashDataAsync(entry.Content, cancellation))));
                break;
            case LayerEntryKind.Folder:
                tree.AddFolder(entry.Path);
                break;
            case LayerEntryKind.Whiteout:
                tree.RemoveLower(entry.Path, layer);
                break;
            case LayerEntryKind.Link when linkFolder is not null && LayerPath.StaysInside(linkFolder, entry.Path, entry.LinkTarget):
                tree.RemoveLower(entry.Path, layer);
                tree.AddLink(entry.Path, new ImageLink(layer, entry.LinkTarget));
                break;
            case LayerEntryKind.Link or LayerEntryKind.Special:
                throw new InvalidDataException($"{entry.Description}; only regular files and folders are unpacked");
            default:
                tree.RemoveLowerInside(entry.Path, layer);
                break;
        }
    }
}
