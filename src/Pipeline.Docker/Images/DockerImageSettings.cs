namespace Cake.Docker;

/// <summary>Options of <c>docker pull</c>: https://docs.docker.com/reference/cli/docker/image/pull/.</summary>
public sealed class DockerImagePullSettings : AutoToolSettings
{
    /// <summary>All tags of the repository.</summary>
    public bool? AllTags { get; set; }

    /// <summary>What to pull for, such as <c>linux/amd64</c>.</summary>
    public string? Platform { get; set; }

    /// <summary>Says nothing but the image's name.</summary>
    public bool? Quiet { get; set; }
}

/// <summary>Options of <c>docker push</c>: https://docs.docker.com/reference/cli/docker/image/push/.</summary>
public sealed class DockerImagePushSettings : AutoToolSettings
{
    /// <summary>All tags of the repository.</summary>
    public bool? AllTags { get; set; }

    /// <summary>Says nothing.</summary>
    public bool? Quiet { get; set; }
}

/// <summary>Options of <c>docker tag</c>: it has none of its own.</summary>
public sealed class DockerImageTagSettings : AutoToolSettings;

/// <summary>Options of <c>docker save</c>: https://docs.docker.com/reference/cli/docker/image/save/.</summary>
public sealed class DockerImageSaveSettings : AutoToolSettings
{
    /// <summary>The file to write. Without it the archive would go to standard output, which is the target's log.</summary>
    public string? Output { get; set; }
}

/// <summary>Options of <c>docker load</c>: https://docs.docker.com/reference/cli/docker/image/load/.</summary>
public sealed class DockerImageLoadSettings : AutoToolSettings
{
    /// <summary>The file to read.</summary>
    public string? Input { get; set; }

    /// <summary>Shows no progress.</summary>
    public bool? Quiet { get; set; }
}

/// <summary>Options of <c>docker image ls</c>: https://docs.docker.com/reference/cli/docker/image/ls/.</summary>
public sealed class DockerImageLsSettings : AutoToolSettings
{
    /// <summary>Intermediate images too.</summary>
    public bool? All { get; set; }

    /// <summary>Shows digests.</summary>
    public bool? Digests { get; set; }

    /// <summary>Only what fulfils all of these, as <c>reference=shop:*</c> or <c>label=name=value</c>.</summary>
    public string[]? Filter { get; set; }

    /// <summary>A template of Go for each line.</summary>
    public string? Format { get; set; }

    /// <summary>Shows whole ids.</summary>
    public bool? NoTrunc { get; set; }

    /// <summary>Shows ids alone.</summary>
    public bool? Quiet { get; set; }
}

/// <summary>Options of <c>docker image rm</c>: https://docs.docker.com/reference/cli/docker/image/rm/.</summary>
public sealed class DockerImageRemoveSettings : AutoToolSettings
{
    /// <summary>Also what has other names or stopped containers.</summary>
    public bool? Force { get; set; }

    /// <summary>Keeps parents that have no name.</summary>
    public bool? NoPrune { get; set; }
}

/// <summary>Options of <c>docker inspect</c>: https://docs.docker.com/reference/cli/docker/inspect/.</summary>
public sealed class DockerInspectSettings : AutoToolSettings
{
    /// <summary>A template of Go; JSON without it.</summary>
    public string? Format { get; set; }

    /// <summary>The sizes of containers too.</summary>
    public bool? Size { get; set; }

    /// <summary>What is meant: <c>image</c>, <c>container</c>, <c>network</c>, <c>volume</c>.</summary>
    public string? Type { get; set; }
}
