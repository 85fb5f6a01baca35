namespace Cake.Docker;

/// <summary>Options of <c>docker run</c>: https://docs.docker.com/reference/cli/docker/container/run/.</summary>
public sealed class DockerContainerRunSettings : AutoToolSettings
{
    /// <summary>Capabilities that it gets.</summary>
    public string[]? CapAdd { get; set; }

    /// <summary>Capabilities that are taken from it; <c>ALL</c> for all.</summary>
    public string[]? CapDrop { get; set; }

    /// <summary>How many processors it may use, such as <c>0.5</c>.</summary>
    public string? Cpus { get; set; }

    /// <summary>Does not wait for its end.</summary>
    public bool? Detach { get; set; }

    /// <summary>The program in place of the image's.</summary>
    public string? Entrypoint { get; set; }

    /// <summary>Variables, as <c>NAME=value</c>. They can be read by whoever may ask the engine: nothing secret.</summary>
    public string[]? Env { get; set; }

    /// <summary>Files with variables.</summary>
    public string[]? EnvFile { get; set; }

    /// <summary>Its name in its network.</summary>
    public string? Hostname { get; set; }

    /// <summary>A small first process that ends and reaps the others.</summary>
    public bool? Init { get; set; }

    /// <summary>Keeps standard input open.</summary>
    public bool? Interactive { get; set; }

    /// <summary>Labels, as <c>name=value</c>.</summary>
    public string[]? Label { get; set; }

    /// <summary>What keeps its output.</summary>
    public string? LogDriver { get; set; }

    /// <summary>Options of that, as <c>max-size=10m</c>.</summary>
    public string[]? LogOpt { get; set; }

    /// <summary>The memory that it may use, such as <c>256m</c>.</summary>
    public string? Memory { get; set; }

    /// <summary>Mounts, as <c>type=volume,src=data,dst=/data</c>.</summary>
    public string[]? Mount { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>The network that it joins.</summary>
    public string? Network { get; set; }

    /// <summary>How many processes it may have.</summary>
    public long? PidsLimit { get; set; }

    /// <summary>Ports to the outside, as <c>127.0.0.1:8080:80</c>.</summary>
    public string[]? Publish { get; set; }

    /// <summary>May not write into its root file system.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>When it is started again: <c>no</c>, <c>on-failure:5</c>, <c>unless-stopped</c>, <c>always</c>.</summary>
    public string? Restart { get; set; }

    /// <summary>Removes it when it ends.</summary>
    public bool? Rm { get; set; }

    /// <summary>Security options, as <c>no-new-privileges</c>.</summary>
    public string[]? SecurityOpt { get; set; }

    /// <summary>How many seconds it has to end.</summary>
    public int? StopTimeout { get; set; }

    /// <summary>Settings of the kernel, as <c>net.ipv4.tcp_syncookies=1</c>.</summary>
    public string[]? Sysctl { get; set; }

    /// <summary>Folders in memory, as <c>/tmp:size=16m</c>.</summary>
    public string[]? Tmpfs { get; set; }

    /// <summary>Who it runs as.</summary>
    public string? User { get; set; }

    /// <summary>Volumes and folders, as <c>data:/data</c>.</summary>
    public string[]? Volume { get; set; }

    /// <summary>The folder that it starts in.</summary>
    public string? Workdir { get; set; }
}
