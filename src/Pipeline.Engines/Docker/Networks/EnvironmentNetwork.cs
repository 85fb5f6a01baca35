using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Scopes;

namespace Pipeline.Engines.Docker.Networks;

/// <summary>
/// The network of one environment on one host: 256 addresses, of which the engine hands out the lower half, while the upper half is for containers that keep
/// their address over restarts, also while the engine is away and can tell nobody a name.
/// </summary>
/// <param name="docker">The host.</param>
/// <param name="scope">The environment.</param>
/// <param name="pool">The 65,536 addresses to take it from: <c>10.87.0.0/16</c>. Another site's own networks must not lie in them.</param>
public sealed class EnvironmentNetwork(DockerCli docker, EnvironmentScope scope, IPNetwork pool)
{
    private const int PoolPrefix = 16;
    private const int Subnets = 256;
    private const int FirstFixed = 128;
    private const int LastFixed = 254;

    /// <summary>The addresses that networks are taken from where nothing else is said.</summary>
    public static IPNetwork DefaultPool { get; } = IPNetwork.Parse("10.87.0.0/16");

    /// <summary>Makes the network, or finds it.</summary>
    /// <returns>The addresses for containers that keep theirs.</returns>
    /// <exception cref="DeliveryException">Somebody else's network has the name, no subnet is free, or the host cannot be asked.</exception>
    public async Task<IReadOnlyList<string>> EnsureAsync(CancellationToken cancellation)
    {
        if (pool.PrefixLength != PoolPrefix)
            throw new DeliveryException($"{docker.Host}: network pool {pool} is no /16; write one as {DefaultPool}");
        if (await FindAsync(cancellation) is { } present)
            return Fixed(present);
        foreach (var subnet in Candidates())
        {
            string[] ranges = ["--subnet", $"{subnet}.0/24", "--ip-range", $"{subnet}.0/25", "--gateway", $"{subnet}.1"];
            var labels = scope.Labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" });
            var call = new DockerCall(["network", "create", "--driver", "bridge", .. ranges, .. labels, scope.Network]) { About = $"making network {scope.Network}" };
            var result = await docker.TryAsync(call, cancellation);
            if (result.ExitCode == 0)
                return Fixed($"{subnet}.0/24");
            if (!IsTaken(result.Errors))
                throw docker.Failure(call, result);
        }
        throw new DeliveryException($"{docker.Host}: no subnet of {pool} is free for network {scope.Network}; remove unused networks with docker network prune");
    }

    /// <summary>Removes the network. Nothing happens when there is none.</summary>
    /// <exception cref="DeliveryException">Containers are still in it, or somebody else's network has the name.</exception>
    public async Task RemoveAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is not null)
            await docker.RunAsync(new DockerCall(["network", "rm", scope.Network]) { About = $"removing network {scope.Network}" }, cancellation);
    }

    private async Task<string?> FindAsync(CancellationToken cancellation)
    {
        var call = new DockerCall(["network", "inspect", scope.Network]) { About = $"looking at network {scope.Network}" };
        var result = await docker.TryAsync(call, cancellation);
        if (result.ExitCode != 0)
            return DockerFaults.Of(result.Errors).Fault == DockerFault.NotFound ? null : throw docker.Failure(call, result);
        var network = docker.Parse<NetworkState>(call, result.Output).Single(each => each.Name == scope.Network);
        if (!scope.Owns(network.Labels))
            throw new DockerException(docker.Host, DockerFault.NameTaken, $"{docker.Host}: network {scope.Network} is not of {scope}; remove it or rename it, then run again");
        return network.Addresses.Configuration.Select(each => each.Subnet).FirstOrDefault()
            ?? throw new DeliveryException($"{docker.Host}: network {scope.Network} has no subnet of its own; remove it, and the next run makes it anew");
    }

    // From a place that the name decides, so that environments meet the same subnets again and keep apart.
    private IEnumerable<string> Candidates()
    {
        var start = Encoding.UTF8.GetBytes(scope.Network).Aggregate(17u, (hash, letter) => (hash * 31) + letter) % Subnets;
        var bytes = pool.BaseAddress.GetAddressBytes();
        return Enumerable.Range(0, Subnets).Select(step => $"{bytes[0]}.{bytes[1]}.{(start + step) % Subnets}");
    }

    private static bool IsTaken(string errors) => errors.Contains("Pool overlaps", StringComparison.OrdinalIgnoreCase)
        || errors.Contains("conflicts with network", StringComparison.OrdinalIgnoreCase) || errors.Contains("overlaps with other", StringComparison.OrdinalIgnoreCase);

    private static List<string> Fixed(string subnet)
    {
        var prefix = subnet[..subnet.LastIndexOf('.')];
        return [.. Enumerable.Range(FirstFixed, LastFixed - FirstFixed + 1).Select(last => $"{prefix}.{last}")];
    }

    private sealed record NetworkState
    {
        [JsonPropertyName("Name")]
        public required string Name { get; init; }

        [JsonPropertyName("Labels")]
        public IReadOnlyDictionary<string, string>? Labels { get; init; }

        [JsonPropertyName("IPAM")]
        public required NetworkAddresses Addresses { get; init; }
    }

    private sealed record NetworkAddresses([property: JsonPropertyName("Config")] IReadOnlyList<NetworkSubnet> Configuration);

    private sealed record NetworkSubnet([property: JsonPropertyName("Subnet")] string Subnet);
}
