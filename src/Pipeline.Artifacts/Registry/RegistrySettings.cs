namespace Pipeline.Artifacts.Registry;

/// <summary>How registries are spoken to.</summary>
public sealed record RegistrySettings
{
    /// <summary>
    /// Registries, as <c>host[:port]</c>, that are spoken to over http, which anybody on the way can read and change; the digests still hold. Meant for networks
    /// that are private by construction. Empty unless given. Registries on this machine's loopback address need not be named.
    /// </summary>
    public IReadOnlyCollection<string> InsecureHosts { get; init; } = [];

    /// <summary>The folder of Docker's configuration, with <c>config.json</c>, where credentials are found. Default: <c>$DOCKER_CONFIG</c>, else <c>~/.docker</c>.</summary>
    public string DockerConfiguration { get; init; } = Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    /// <summary>
    /// Credentials that come before those of the folder, as JSON with <c>auths</c>: https://docs.docker.com/reference/cli/docker/login/#docker_auth_config. Null for none.
    /// Default: <c>$DOCKER_AUTH_CONFIG</c>.
    /// </summary>
    public string? DockerAuthentication { get; init; } = Environment.GetEnvironmentVariable("DOCKER_AUTH_CONFIG");

    /// <summary>
    /// A folder with a folder <c>host[:port]</c> for each registry whose certificate is not from a public authority, with <c>*.crt</c> to trust and, where the registry
    /// asks for one, a client's <c>*.cert</c> with its <c>*.key</c>: as Docker has it, https://docs.docker.com/engine/security/certificates. Default: <c>/etc/docker/certs.d</c>.
    /// </summary>
    public string CertificateDirectory { get; init; } = "/etc/docker/certs.d";

    /// <summary>How many blobs travel at a time. Default 4, at least 1.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How many bytes a registry gets in one request; a larger blob is sent in pieces, and goes on after the last whole one. Default 64 MiB, at least 1.</summary>
    public long PieceSize { get; init; } = 64 * 1024 * 1024;

    /// <summary>How often in a row something is tried that fails for a moment. What moves at all starts the count anew, but an upload that the registry forgets as often is given up. Default 7, at least 1.</summary>
    public int Attempts { get; init; } = 7;

    /// <summary>The pause before the second attempt; each further one is about twice as long. Default 250 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between two attempts, unless the registry names one. Default 15 s.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest <c>Retry-After</c> that is waited for; a registry that asks for more is an error. Default 2 minutes.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection may be silent before it counts as cut. Default 1 minute.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Which image is taken of an index that has one for each platform. Default <c>linux/amd64</c>.</summary>
    public ImagePlatform Platform { get; init; } = new("linux", "amd64");
}

/// <summary>What an image runs on, in the words of https://github.com/opencontainers/image-spec/blob/v1.1.0/image-index.md.</summary>
/// <param name="OperatingSystem">Such as <c>linux</c>.</param>
/// <param name="Architecture">Such as <c>amd64</c>.</param>
public sealed record ImagePlatform(string OperatingSystem, string Architecture)
{
    /// <summary>As <c>linux/amd64</c>.</summary>
    public override string ToString() => $"{OperatingSystem}/{Architecture}";
}
