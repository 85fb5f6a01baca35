namespace Pipeline.Engines.Docker.Hosts;

/// <summary>
/// A Docker host as an environment names it: <c>unix:///run/docker.sock</c>, <c>tcp://10.0.0.5:2376</c>, <c>ssh://deploy@shop-1</c>, or the name of a Docker
/// context. See https://docs.docker.com/engine/security/protect-access/. Written by <see cref="DockerHosts.Parse"/>.
/// </summary>
public sealed record DockerHost
{
    private const string Socket = "unix://";

    internal DockerHost()
    {
    }

    /// <summary>The host that the <c>docker</c> command speaks with when it is told none: <c>DOCKER_HOST</c>, the context in use, or this machine's engine.</summary>
    public static DockerHost OfThisMachine { get; } = new() { Name = "docker", Address = "127.0.0.1" };

    /// <summary>As it was written, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>The engine's endpoint as <c>docker --host</c> takes it; null where a context says it.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The Docker context; null where an endpoint is given.</summary>
    public string? Context { get; init; }

    /// <summary>The folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> for <c>tcp://</c>; null for other endpoints.</summary>
    public string? Certificates { get; init; }

    /// <summary>
    /// Where this machine and other hosts reach the ports that the host publishes: the host of the endpoint, 127.0.0.1 for a socket, or what <c>?address=</c>
    /// says; null for a context that says none.
    /// </summary>
    public string? Address { get; init; }

    /// <summary>
    /// Whether the engine listens on a socket of this machine. A context counts as another machine, for only docker knows where it leads; so does
    /// <see cref="OfThisMachine"/> where DOCKER_HOST, DOCKER_CONTEXT or <c>docker context use</c> lead it away.
    /// </summary>
    public bool IsLocal => Endpoint is { } endpoint ? endpoint.StartsWith(Socket, StringComparison.Ordinal) : Context is null && LocalEngine.IsUsed();

    /// <summary>The socket of this machine that is meant, when there is no such file, so that nobody needs to be asked whether an engine answers; null otherwise. Told of <see cref="OfThisMachine"/> on Linux.</summary>
    public string? MissingSocket => IsOfThisMachine ? LocalEngine.MissingSocket() : null;

    /// <summary>What <c>docker</c> is told of the host.</summary>
    internal IReadOnlyList<string> Arguments => (Endpoint, Context, Certificates) switch
    {
        (not null, _, not null) =>
        [
            "--host", Endpoint, "--tlsverify", "--tlscacert", Path.Combine(Certificates, "ca.pem"), "--tlscert", Path.Combine(Certificates, "cert.pem"),
            "--tlskey", Path.Combine(Certificates, "key.pem"),
        ],
        (not null, _, null) => ["--host", Endpoint],
        (null, not null, _) => ["--context", Context],
        _ => [],
    };

    /// <summary>Whether variables such as DOCKER_HOST have a say.</summary>
    internal bool IsOfThisMachine => Endpoint is null && Context is null;

    /// <inheritdoc />
    public override string ToString() => Name;
}
