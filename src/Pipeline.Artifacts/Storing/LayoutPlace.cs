using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>A place in an image layout, as skopeo writes it: <c>FOLDER[:VERSION]</c>, or with a digest <c>FOLDER@sha256:…</c>.</summary>
internal sealed record LayoutPlace(string Folder, string? Version, Digest? Digest)
{
    public static LayoutPlace Parse(string text)
    {
        var at = text.LastIndexOf("@sha256:", StringComparison.Ordinal);
        if (at > 0 && Delivery.Releases.Digest.TryParse(text[(at + 1)..], out var digest))
            return new(text[..at], Version: null, digest);
        var colon = text.LastIndexOf(':');
        return colon > 0 && text.IndexOf('/', colon) < 0 && !Directory.Exists(text)
            ? new(text[..colon], text[(colon + 1)..], Digest: null)
            : new(text, Version: null, Digest: null);
    }

    public bool Means(ArtifactName image) => (Version is null || image.Version == Version) && (Digest is null || image.Digest == Digest);

    /// <summary>The name without the folders above it, which differ from machine to machine.</summary>
    public string Name(string folder) => Version is null ? folder : $"{folder}:{Version}";
}
