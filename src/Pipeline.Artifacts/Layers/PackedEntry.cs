namespace Pipeline.Artifacts.Layers;

/// <summary>A file or folder on its way into a layer.</summary>
/// <param name="Path">Relative to the image's root, with <c>/</c>; a folder's ends in one.</param>
/// <param name="File">The file on this machine; null for a folder.</param>
internal sealed record PackedEntry(string Path, string? File);
