using System.Formats.Tar;
using Pipeline.Artifacts.Layers;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Docker;

/// <summary>
/// Writes a layer that an engine made once more, without what differs from build to build: times, names of users, and whatever else an archive may say.
/// Owners, modes, links and deletions stay.
/// </summary>
/// <param name="modifiedAt">The time of every entry.</param>
internal sealed class LayerNormalizer(DateTimeOffset modifiedAt)
{
    private const string ExtendedAttribute = "SCHILY.xattr.";
    private readonly long seconds = modifiedAt.ToUnixTimeSeconds();

    /// <exception cref="DeliveryException">An entry is a device, or has what would get lost.</exception>
    public async Task WriteAsync(Stream layer, Stream output, CancellationToken cancellation)
    {
        await using var reader = new TarReader(layer, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            if (entry.EntryType == TarEntryType.GlobalExtendedAttributes || LayerPath.Normalize(entry.Name) is not { Length: > 0 } path)
                continue;
            await output.WriteAsync(TarHeader.Of(Member(entry, path), seconds), cancellation);
            if (entry.DataStream is { } data)
            {
                await data.CopyToAsync(output, cancellation);
                await output.WriteAsync(new byte[(TarHeader.BlockSize - (entry.Length % TarHeader.BlockSize)) % TarHeader.BlockSize], cancellation);
            }
        }
        await output.WriteAsync(new byte[2 * TarHeader.BlockSize], cancellation);
    }

    private static TarMember Member(TarEntry entry, string path)
    {
        if (entry is PaxTarEntry pax && pax.ExtendedAttributes.Keys.FirstOrDefault(key => key.StartsWith(ExtendedAttribute, StringComparison.Ordinal)) is { } attribute)
            throw new DeliveryException($"file /{path} of the image has the extended attribute {attribute[ExtendedAttribute.Length..]}, which would get lost; build without it (a container gets capabilities from its engine, not from files)");
        var member = new TarMember(path, TarMember.FileType, entry.Length, (int)entry.Mode, entry.Uid, entry.Gid);
        return entry.EntryType switch
        {
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => member,
            TarEntryType.Directory => member with { Path = path + "/", Type = TarMember.FolderType },
            TarEntryType.SymbolicLink => member with { Type = TarMember.LinkType, LinkTarget = entry.LinkName },
            TarEntryType.HardLink => member with { Type = TarMember.HardLinkType, LinkTarget = LayerPath.Normalize(entry.LinkName) },
            _ => throw new DeliveryException($"/{path} of the image is a {entry.EntryType}; an image needs none: take it out of the Dockerfile's steps"),
        };
    }
}
