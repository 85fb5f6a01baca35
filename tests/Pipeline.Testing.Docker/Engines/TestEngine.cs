using Pipeline.Testing.Docker.Networks;

namespace Pipeline.Testing.Docker.Engines;

/// <summary>A Docker host: an engine with its own network, disk and containers.</summary>
public sealed class TestEngine
{
    private readonly EngineProcess process;
    private readonly EngineNamespace space;

    internal TestEngine(string folder, EngineNamespace space, EngineProcess process)
    {
        (Folder, this.space, this.process) = (folder, space, process);
    }

    /// <summary>Everything that the engine keeps.</summary>
    public string Folder { get; }

    /// <summary>The engine's socket.</summary>
    public string Socket => process.Socket;

    /// <summary>The host's address: what a container publishes on all addresses is reached here.</summary>
    public string Address => space.Address;

    /// <summary>The name of the host's network namespace.</summary>
    public string NetworkNamespace => space.Name;

    /// <summary>The folder with <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> of a client, where the engine was asked to listen with TLS.</summary>
    public string ClientCertificates => Path.Combine(Folder, "client");

    /// <summary>How an environment names this host's engine behind TLS, where it was asked to listen with it.</summary>
    public string SecureEndpoint => $"tcp://{Address}:{EngineArguments.TlsPort}?certificates={ClientCertificates}";

    /// <summary>Fills and frees the disk of images, containers and volumes; only for an engine that has one of its own.</summary>
    public DiskFiller Disk => new(Path.Combine(Folder, EngineArguments.DataFolder));

    /// <summary>How an environment names this host.</summary>
    public string Endpoint => $"unix://{Socket}?address={Address}";

    /// <summary>Runs <c>docker</c> against this engine.</summary>
    public Task<string> RunAsync(params IEnumerable<string> arguments) => Command.RunAsync("docker", ["--host", $"unix://{Socket}", .. arguments]);

    /// <summary>Runs <c>docker</c> against this engine, whatever comes of it.</summary>
    public Task<(int ExitCode, string Output, string Errors)> TryAsync(params IEnumerable<string> arguments) =>
        Command.TryAsync("docker", ["--host", $"unix://{Socket}", .. arguments]);

    /// <summary>Sends an image to the registry that its name begins with.</summary>
    /// <returns>The digest of its manifest there.</returns>
    public async Task<string> PushAsync(string name) => (await RunAsync("push", name)).Split("digest: ")[1].Split(' ')[0];

    /// <summary>Loads the images of a <c>docker load</c> archive.</summary>
    public async Task<string> LoadAsync(string archive)
    {
        await using var content = File.OpenRead(archive);
        return await Command.RunWithInputAsync("docker", ["--host", $"unix://{Socket}", "load"], content);
    }

    /// <summary>kill -9 of the engine.</summary>
    public Task KillAsync() => process.KillAsync();

    /// <summary>Stops the engine in an orderly way.</summary>
    public Task StopAsync() => process.StopAsync();

    /// <summary>Starts the engine again after it was killed or stopped.</summary>
    public Task StartAsync() => process.StartAsync();

    /// <summary>Pulls the host's cable: nobody reaches it over the network any more, and nothing tells so.</summary>
    public Task DisconnectAsync() => Command.RunAsync("ip", "link", "set", space.Cable, "down");

    /// <summary>Puts the host's cable in again.</summary>
    public Task ConnectAsync() => Command.RunAsync("ip", "link", "set", space.Cable, "up");

    /// <summary>Takes every container, volume, network and image away, so that the next test finds an empty host.</summary>
    public async Task EmptyAsync()
    {
        if (await LinesAsync("container", "ls", "--all", "--quiet") is { Count: > 0 } containers)
            await TryAsync(["container", "rm", "--force", "--volumes", .. containers]);
        await TryAsync("network", "prune", "--force");
        await TryAsync("volume", "prune", "--force", "--filter", "all=true");
        await TryAsync("volume", "prune", "--force");
        if (await LinesAsync("image", "ls", "--all", "--quiet") is { Count: > 0 } images)
            await TryAsync(["image", "rm", "--force", .. images]);
    }

    /// <summary>Removes the images whose names contain a text, and what the engine remembers of their layers.</summary>
    public async Task EmptyImageAsync(string text)
    {
        foreach (var image in (await LinesAsync("image", "ls", "--all", "--format", "{{.Repository}} {{.ID}}")).Where(line => line.Contains(text, StringComparison.Ordinal)))
            await TryAsync("image", "rm", "--force", image.Split(' ')[1]);
    }

    private async Task<IReadOnlyList<string>> LinesAsync(params string[] arguments) =>
        [.. (await RunAsync(arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
