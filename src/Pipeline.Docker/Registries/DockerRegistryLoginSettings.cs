namespace Cake.Docker;

/// <summary>Options of <c>docker login</c>: https://docs.docker.com/reference/cli/docker/login/.</summary>
public sealed class DockerRegistryLoginSettings : AutoToolSettings
{
    /// <summary>Who logs in.</summary>
    public string? Username { get; set; }

    /// <summary>The password. It goes to docker's standard input: an argument could be seen by everybody on the machine.</summary>
    [Option("")]
    public string? Password { get; set; }

    /// <summary>Whether the password comes by standard input, which it does as soon as there is one.</summary>
    public bool? PasswordStdin => Password is null ? null : true;

    internal override string StandardInput => Password ?? "";
}

/// <summary>Options of <c>docker logout</c>: it has none.</summary>
public sealed class DockerRegistryLogoutSettings : AutoToolSettings;
