namespace Pipeline.Artifacts.Registry;

/// <summary>What may be said of a push besides what goes where.</summary>
public sealed record PushSettings
{
    /// <summary>A tag that the image gets besides its digest, for people; one that exists is moved. Default: none.</summary>
    public string? Tag { get; init; }

    /// <summary>
    /// Names of repositories of the same registry that may have some of the blobs, such as the base image's: the registry takes them from there and nothing travels.
    /// One that does not exist or may not be read costs nothing but a question. The base that the image itself names is among them anyway.
    /// </summary>
    public IReadOnlyList<string> MountFrom { get; init; } = [];
}
