namespace Cake.Docker;

/// <summary>Options of <c>docker exec</c>: https://docs.docker.com/reference/cli/docker/container/exec/.</summary>
public sealed class DockerContainerExecSettings : AutoToolSettings
{
    /// <summary>Does not wait for its end.</summary>
    public bool? Detach { get; set; }

    /// <summary>Variables, as <c>NAME=value</c>.</summary>
    public string[]? Env { get; set; }

    /// <summary>Keeps standard input open.</summary>
    public bool? Interactive { get; set; }

    /// <summary>Who it runs as.</summary>
    public string? User { get; set; }

    /// <summary>The folder that it starts in.</summary>
    public string? Workdir { get; set; }
}

/// <summary>Options of <c>docker logs</c>: https://docs.docker.com/reference/cli/docker/container/logs/.</summary>
public sealed class DockerContainerLogsSettings : AutoToolSettings
{
    /// <summary>Shows further details.</summary>
    public bool? Details { get; set; }

    /// <summary>Since a time or for a duration, such as <c>10m</c>.</summary>
    public string? Since { get; set; }

    /// <summary>How many lines of the end; <c>all</c> without it.</summary>
    public string? Tail { get; set; }

    /// <summary>A time before each line.</summary>
    public bool? Timestamps { get; set; }

    /// <summary>Until a time.</summary>
    public string? Until { get; set; }
}

/// <summary>Options of <c>docker ps</c>: https://docs.docker.com/reference/cli/docker/container/ls/.</summary>
public sealed class DockerContainerPsSettings : AutoToolSettings
{
    /// <summary>Those that do not run too.</summary>
    public bool? All { get; set; }

    /// <summary>Only what fulfils all of these, as <c>label=name=value</c>.</summary>
    public string[]? Filter { get; set; }

    /// <summary>A template of Go for each line.</summary>
    public string? Format { get; set; }

    /// <summary>Shows whole ids.</summary>
    public bool? NoTrunc { get; set; }

    /// <summary>Shows ids alone.</summary>
    public bool? Quiet { get; set; }
}

/// <summary>Options of <c>docker rm</c>: https://docs.docker.com/reference/cli/docker/container/rm/.</summary>
public sealed class DockerContainerRmSettings : AutoToolSettings
{
    /// <summary>Kills what runs.</summary>
    public bool? Force { get; set; }

    /// <summary>Volumes without a name too.</summary>
    public bool? Volumes { get; set; }
}

/// <summary>Options of <c>docker start</c>: it has none that a pipeline needs.</summary>
public sealed class DockerContainerStartSettings : AutoToolSettings;

/// <summary>Options of <c>docker stop</c>: https://docs.docker.com/reference/cli/docker/container/stop/.</summary>
public sealed class DockerContainerStopSettings : AutoToolSettings
{
    /// <summary>How many seconds it has to end before it is killed.</summary>
    public int? Time { get; set; }
}

/// <summary>Options of <c>docker cp</c>: https://docs.docker.com/reference/cli/docker/container/cp/.</summary>
public sealed class DockerContainerCpSettings : AutoToolSettings
{
    /// <summary>Keeps owners.</summary>
    public bool? Archive { get; set; }

    /// <summary>Copies what links lead to.</summary>
    public bool? FollowLink { get; set; }
}
