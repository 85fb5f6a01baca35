namespace Cake.Docker;

/// <summary>Options of <c>docker build</c>: https://docs.docker.com/reference/cli/docker/image/build/.</summary>
public sealed class DockerImageBuildSettings : AutoToolSettings
{
    /// <summary>Further hosts that RUN sees, as <c>host:address</c>.</summary>
    public string[]? AddHost { get; set; }

    /// <summary>Values for the Dockerfile's ARG, as <c>NAME=value</c>. They can be read in the image's history: nothing secret.</summary>
    public string[]? BuildArg { get; set; }

    /// <summary>Images whose layers may be used again.</summary>
    public string[]? CacheFrom { get; set; }

    /// <summary>The Dockerfile; default <c>Dockerfile</c> in the context.</summary>
    public string? File { get; set; }

    /// <summary>Removes intermediate containers after a failed build too.</summary>
    public bool? ForceRm { get; set; }

    /// <summary>The file that the image's id is written into.</summary>
    public string? Iidfile { get; set; }

    /// <summary>Labels, as <c>name=value</c>.</summary>
    public string[]? Label { get; set; }

    /// <summary>The memory that a RUN may use, such as <c>512m</c>.</summary>
    public string? Memory { get; set; }

    /// <summary>The network of RUN; <c>none</c> for none.</summary>
    public string? Network { get; set; }

    /// <summary>Builds every step anew.</summary>
    public bool? NoCache { get; set; }

    /// <summary>What to build for, such as <c>linux/amd64</c>.</summary>
    public string? Platform { get; set; }

    /// <summary>Asks the registry for a newer base.</summary>
    public bool? Pull { get; set; }

    /// <summary>Says nothing but the image's id.</summary>
    public bool? Quiet { get; set; }

    /// <summary>Removes intermediate containers; docker's own default is true.</summary>
    public bool? Rm { get; set; }

    /// <summary>The size of <c>/dev/shm</c> for RUN.</summary>
    public string? ShmSize { get; set; }

    /// <summary>The names of the image, as <c>name:tag</c>.</summary>
    public string[]? Tag { get; set; }

    /// <summary>The stage to stop at.</summary>
    public string? Target { get; set; }
}
