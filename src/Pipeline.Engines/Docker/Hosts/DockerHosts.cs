using System.Net;
using Pipeline.Delivery;

namespace Pipeline.Engines.Docker.Hosts;

/// <summary>Reads the Docker hosts of an environment.</summary>
public static class DockerHosts
{
    private static readonly char[] Separators = [',', ' ', '\n', '\t'];

    /// <summary>
    /// Reads hosts separated by commas or blanks. Each is an endpoint or the name of a context, with <c>?address=…</c> where its published ports are reached
    /// elsewhere than at the endpoint (an IP address where there are several hosts), and <c>certificates=…</c> for the folder of a <c>tcp://</c> endpoint's certificates; without it DOCKER_CERT_PATH or
    /// <c>~/.docker</c> is meant.
    /// </summary>
    /// <param name="text">The hosts.</param>
    /// <param name="parameter">Where they were written, for messages: <c>--production-host</c>.</param>
    /// <exception cref="DeliveryException">None is named, one is named twice, or one cannot be understood; all faults are in the message.</exception>
    public static IReadOnlyList<DockerHost> Parse(string text, string parameter)
    {
        ArgumentNullException.ThrowIfNull(text);
        var faults = new List<string>();
        var hosts = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(each => DockerHostReader.Read(each, faults)).ToList();
        if (hosts.Count == 0)
            faults.Add($"names no host; write unix://…, tcp://…, ssh://… or the name of a Docker context");
        faults.AddRange(hosts.GroupBy(host => host.Endpoint ?? host.Context).Where(same => same.Key is not null && same.Count() > 1)
            .Select(same => $"{same.Key} is named {same.Count()} times; name it once"));
        if (hosts.Count > 1)
            faults.AddRange(hosts.Where(host => (host.Endpoint ?? host.Context) is not null && !IPAddress.TryParse(host.Address, out _)).Select(Addressless));
        return faults.Count == 0 ? hosts : throw new DeliveryException(string.Join('\n', faults.Select(fault => $"{parameter}: {fault}")));
    }

    // What hosts publish for one another is bound to one address of theirs: bound to all, it would be open to whoever reaches any of them.
    private static string Addressless(DockerHost host) =>
        $"{host}: with several hosts each publishes on one address of its own, and {(host.Address is { } name ? $"{name} is none" : "nothing says which")}; write {host}?address=10.0.0.5 with the IP address by which the others reach it";
}
