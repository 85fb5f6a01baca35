using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Docker;

/// <summary>An image that <c>docker build</c> made, on its way into a store. From there on its digest is its name, as that of any artifact.</summary>
public sealed record ImportedImage
{
    /// <summary>The application's name, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The version: letters, digits and <c>. - + _</c>, at most 128.</summary>
    public required string Version { get; init; }

    /// <summary>The full commit id: 40 or 64 lower-case hexadecimal digits.</summary>
    public required string Commit { get; init; }

    /// <summary>
    /// The commit's time, by whole seconds. Every file above the base gets it, and so does the image: what a build does at another time of the day with the same
    /// result has the same digest.
    /// </summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Where the source lives; null when that is not known.</summary>
    public string? Source { get; init; }

    /// <summary>The archive that <c>docker save</c> wrote, with one image in it.</summary>
    public required string Archive { get; init; }

    /// <summary>The image that its last FROM names, if it lies in a layout: its layers are taken from there. Null when it lies in a registry or is <c>scratch</c>.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>The layers of the image that its last FROM names, unpacked, when <see cref="Base"/> is null: they stay as they are.</summary>
    public IReadOnlyList<Digest> BaseLayers { get; init; } = [];

    /// <summary>The images by digest that its Dockerfile names, <c>node@sha256:…</c>, for the record of what it was made of; none by default.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Labels beside those of the Dockerfile and the predefined ones.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
