using System.Formats.Tar;
using System.Runtime.CompilerServices;

namespace Pipeline.Artifacts.Layers;

/// <summary>Reads a layer's entries.</summary>
internal static class LayerReader
{
    private const string WhiteoutPrefix = ".wh.";
    private const string OpaqueMark = ".wh..wh..opq";

    /// <exception cref="InvalidDataException">The name of an entry is not allowed, or the archive is malformed.</exception>
    public static async IAsyncEnumerable<LayerEntry> ReadAsync(Stream tar, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await NextAsync(reader, cancellation) is { } entry)
        {
            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes && Interpret(entry) is { } interpreted)
                yield return interpreted;
        }
    }

    private static async Task<TarEntry?> NextAsync(TarReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.GetNextEntryAsync(copyData: false, cancellation);
        }
        catch (Exception malformed) when (malformed is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"it is no tar archive: {malformed.Message}", malformed);
        }
    }

    private static LayerEntry? Interpret(TarEntry entry)
    {
        var path = LayerPath.Normalize(entry.Name);
        if (path.Length == 0)
            return null;
        var name = path[(path.LastIndexOf('/') + 1)..];
        var folder = path[..^name.Length];
        return entry.EntryType switch
        {
            TarEntryType.Directory => Entry(entry, LayerEntryKind.Folder, path),
            TarEntryType.RegularFile or TarEntryType.V7RegularFile when name == OpaqueMark => Entry(entry, LayerEntryKind.OpaqueFolder, folder.TrimEnd('/')),
            TarEntryType.RegularFile or TarEntryType.V7RegularFile when name.StartsWith(WhiteoutPrefix, StringComparison.Ordinal) =>
                Entry(entry, LayerEntryKind.Whiteout, folder + name[WhiteoutPrefix.Length..]),
            TarEntryType.RegularFile or TarEntryType.V7RegularFile => Entry(entry, LayerEntryKind.File, path),
            TarEntryType.SymbolicLink or TarEntryType.HardLink => Entry(entry, LayerEntryKind.Link, path),
            _ => Entry(entry, LayerEntryKind.Special, path),
        };
    }

    private static string LinkTarget(TarEntry entry) => entry.LinkName.Length == 0 ? "" : $" to '{entry.LinkName}'";

    private static LayerEntry Entry(TarEntry entry, LayerEntryKind kind, string path) => new(
        kind, path, entry.Length, (entry.Mode & UnixFileMode.UserExecute) != 0, entry.ModificationTime, entry.DataStream ?? Stream.Null,
        entry.EntryType == TarEntryType.SymbolicLink ? entry.LinkName : "", $"entry '{entry.Name}' is a {entry.EntryType}{LinkTarget(entry)}");
}
