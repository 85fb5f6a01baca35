namespace Pipeline.Engines.Docker.Compose;

/// <summary>A compose file, with the files that lie beside it.</summary>
public sealed record ComposeProject
{
    /// <summary>What the reader of the file should know, a line each.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The services, in the order in which they are read best.</summary>
    public required IReadOnlyList<ComposeService> Services { get; init; }

    /// <summary>The addresses of its network, <c>10.86.7.0/24</c>, which services need that keep theirs; null for any.</summary>
    public string? Subnet { get; init; }

    /// <summary>The folder with secrets and other files as the compose file names it: relative to it, with a point in front.</summary>
    public required string Folder { get; init; }

    /// <summary>The contents of secrets by name. They go into files of the folder, never into the compose file.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>The contents of other files by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
