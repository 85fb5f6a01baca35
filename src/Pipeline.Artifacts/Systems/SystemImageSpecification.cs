namespace Pipeline.Artifacts.Systems;

/// <summary>
/// What an image of a system is to be made of: one to build applications upon, or of a program that an environment needs beside the application. The same
/// folders give the same digest.
/// </summary>
public sealed record SystemImageSpecification
{
    /// <summary>The image's name, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The version: letters, digits and <c>. - + _</c>, at most 128. Becomes the name of the image in the layout.</summary>
    public required string Version { get; init; }

    /// <summary>The image's creation time by whole seconds, and the time of every file in it.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The image it stands upon; null when it stands alone.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>Root folders that become layers as they are, the lowest first.</summary>
    public IReadOnlyList<SystemLayer> Systems { get; init; } = [];

    /// <summary>Folders whose files become layers above those, owned by root and with modes by rule.</summary>
    public IReadOnlyList<LayerSource> Layers { get; init; } = [];

    /// <summary>The program and its first arguments; empty for what the base says.</summary>
    public IReadOnlyList<string> Entrypoint { get; init; } = [];

    /// <summary>The arguments that a container may replace; empty for what the base says, or none where <see cref="Entrypoint"/> is given.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The working directory; default <c>/</c>.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>Environment variables beside those of the base.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels beside the predefined ones of OCI.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The user; empty for what the base says.</summary>
    public string User { get; init; } = "";

    /// <summary>The signal that ends it, such as <c>SIGINT</c>; empty for SIGTERM, which is the default of every engine.</summary>
    public string StopSignal { get; init; } = "";

    /// <summary>The processor, in Go's words; default <c>amd64</c>.</summary>
    public string Architecture { get; init; } = "amd64";

    /// <summary>The fingerprint of what it was made by, so that it can be found again; stands in the layout's index only, and so changes no digest.</summary>
    public string Recipe { get; init; } = "";
}
