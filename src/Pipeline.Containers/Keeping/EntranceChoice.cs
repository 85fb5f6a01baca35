using Pipeline.Engines.Docker.Cli;

namespace Pipeline.Containers.Keeping;

/// <summary>Whether the network that an engine calls the host's is that of the host where users come to.</summary>
internal static class EntranceChoice
{
    private const int FirstUnprivilegedPort = 1024;
    private const string Desktop = "Docker Desktop";

    // A rootless engine has a network of its own beside the host's; one with user namespaces lets no container into the host's.
    private static readonly string[] Apart = ["name=rootless", "name=userns"];

    /// <summary>What is wanted, whatever the engine is.</summary>
    // The engine opens ports below 1024 as root; a door is nobody in particular.
    public static Entrance Of(StageSettings settings) => settings.Entrance ?? (settings.Port < FirstUnprivilegedPort ? Entrance.Published : Entrance.Door);

    /// <summary>What the engine allows of it.</summary>
    public static async Task<Entrance> OfAsync(DockerCli docker, StageSettings settings, CancellationToken cancellation)
    {
        if (settings.Entrance is not null || Of(settings) == Entrance.Published)
            return Of(settings);
        var call = new DockerCall(["info", "--format", "{{.OperatingSystem}} {{json .SecurityOptions}}"]) { About = "asking what kind of engine it is" };
        var text = await docker.RunAsync(call, cancellation);
        return text.StartsWith(Desktop, StringComparison.Ordinal) || Apart.Any(kind => text.Contains(kind, StringComparison.Ordinal)) ? Entrance.Published : Entrance.Door;
    }
}
