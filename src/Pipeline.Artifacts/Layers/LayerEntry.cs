namespace Pipeline.Artifacts.Layers;

/// <summary>What an entry of a layer says about its path.</summary>
internal enum LayerEntryKind
{
    File,
    Folder,

    /// <summary>The path is deleted from the layers below.</summary>
    Whiteout,

    /// <summary>Everything in the folder is deleted from the layers below.</summary>
    OpaqueFolder,

    /// <summary>A link, or a further name of a file.</summary>
    Link,

    /// <summary>A device, a pipe or something unknown.</summary>
    Special,
}

/// <summary>One entry of a layer, as it comes by.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Path">Relative to the image's root, without a slash at either end, proven not to leave it.</param>
/// <param name="Size">The bytes of a file.</param>
/// <param name="Executable">Whether a file's mode lets its owner run it.</param>
/// <param name="ModifiedAt">The time of the file.</param>
/// <param name="Content">The bytes of a file, to be read before the next entry; <see cref="Stream.Null"/> for anything else.</param>
/// <param name="LinkTarget">Where a symbolic link leads, as it is written; empty for anything else.</param>
/// <param name="Description">What the archive calls it and where a link leads, for a refusal.</param>
internal sealed record LayerEntry(
    LayerEntryKind Kind, string Path, long Size, bool Executable, DateTimeOffset ModifiedAt, Stream Content, string LinkTarget, string Description);
