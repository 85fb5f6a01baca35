namespace Pipeline.Artifacts;

/// <summary>
/// What an image is to be made of. The same specification with the same files gives the same digest, on any machine and in any folder.
/// </summary>
public sealed record ImageSpecification
{
    /// <summary>The application's name, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The version: letters, digits and <c>. - + _</c>, at most 128. Becomes the name of the image in the layout.</summary>
    public required string Version { get; init; }

    /// <summary>The full commit id: 40 or 64 lower-case hexadecimal digits.</summary>
    public required string Commit { get; init; }

    /// <summary>The commit's time, by whole seconds: the image's creation time and the time of every file in it.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Where the source lives; null when that is not known.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// The image that the application's layers lie upon, which a container needs; null for the application alone, which the engine <c>process</c> runs with
    /// the machine's own runtime. The same base by digest gives the same image, wherever it lies.
    /// </summary>
    public BaseImage? Base { get; init; }

    /// <summary>The folders that become the layers, the lowest first.</summary>
    public required IReadOnlyList<LayerSource> Layers { get; init; }

    /// <summary>The program and its arguments, with paths as they are in the image.</summary>
    public required IReadOnlyList<string> Entrypoint { get; init; }

    /// <summary>The working directory in the image; default <c>/app</c>. Migrations are the <c>*.sql</c> files in its <c>migrations</c> folder.</summary>
    public string WorkingDirectory { get; init; } = "/app";

    /// <summary>Environment variables beside <c>PIPELINE_VERSION</c> and <c>PIPELINE_COMMIT</c>, which are always set.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Labels beside the predefined ones of OCI and <c>pipeline.migrations</c>, which are always set.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The user in a container; default 1654, the user without rights of Microsoft's .NET images. The engine <c>process</c> does not use it.</summary>
    public string User { get; init; } = "1654";

    /// <summary>The processor, in Go's words; default <c>amd64</c>, on every machine: the digest must not depend on who builds.</summary>
    public string Architecture { get; init; } = "amd64";

    /// <summary>The operating system, in Go's words; default <c>linux</c>.</summary>
    public string OperatingSystem { get; init; } = "linux";
}
