using System.Net.NetworkInformation;

namespace Pipeline.Testing.Docker.Networks;

/// <summary>
/// A bridge of this machine with a network namespace for each engine on it. Engines reach one another and this machine at its addresses, and nobody else.
/// </summary>
internal sealed class StageNetwork(string id)
{
    private const int Networks = 250;
    private int members;

    internal static string BridgeOf(string id) => $"plb{id}";

    internal static string NamespacesOf(string id) => $"pl-{id}-";

    /// <summary>Where engines reach what this machine itself runs.</summary>
    internal string Gateway => $"{Prefix}.1";

    private string Bridge => BridgeOf(id);

    private string Prefix { get; set; } = "";

    internal async Task CreateAsync()
    {
        Prefix = FreePrefix();
        // With an address of its own: else it takes on that of its newest member, and the members before it speak to nobody until they notice.
        await Command.RunAsync("ip", "link", "add", Bridge, "address", $"02:70:6c:00:{id[..2]}:{id[2..4]}", "type", "bridge");
        await Command.RunAsync("ip", "address", "add", $"{Gateway}/24", "dev", Bridge);
        await Command.RunAsync("ip", "link", "set", Bridge, "up");
    }

    /// <summary>Makes the namespace of one more engine.</summary>
    internal async Task<EngineNamespace> AddAsync()
    {
        var number = Interlocked.Increment(ref members);
        var space = new EngineNamespace($"{NamespacesOf(id)}{number}", $"{Prefix}.{number + 1}", $"plv{id}{number}");
        var (outside, inside) = (space.Cable, "eth0");
        await Command.RunAsync("ip", "netns", "add", space.Name);
        await Command.RunAsync("ip", "link", "add", outside, "type", "veth", "peer", "name", inside, "netns", space.Name);
        await Command.RunAsync("ip", "link", "set", outside, "master", Bridge, "up");
        await Command.RunAsync("ip", "-n", space.Name, "address", "add", $"{space.Address}/24", "dev", inside);
        await Command.RunAsync("ip", "-n", space.Name, "link", "set", inside, "up");
        await Command.RunAsync("ip", "-n", space.Name, "link", "set", "lo", "up");
        await Command.RunAsync("ip", "-n", space.Name, "route", "add", "default", "via", Gateway);
        return space;
    }

    private static string FreePrefix()
    {
        var taken = NetworkInterface.GetAllNetworkInterfaces().SelectMany(each => each.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address.ToString()).ToList();
        return Enumerable.Range(1, Networks).Select(number => $"10.213.{number}")
            .First(prefix => !taken.Any(address => address.StartsWith($"{prefix}.", StringComparison.Ordinal)));
    }
}

/// <summary>The network namespace of an engine.</summary>
/// <param name="Name">As <c>ip netns</c> lists it.</param>
/// <param name="Address">Where this machine reaches the ports that the engine publishes.</param>
/// <param name="Cable">The interface of this machine that leads there.</param>
internal sealed record EngineNamespace(string Name, string Address, string Cable);
