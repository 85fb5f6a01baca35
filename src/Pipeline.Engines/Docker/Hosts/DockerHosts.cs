using Pipeline.Delivery;

namespace Pipeline.Engines.Docker.Hosts;

/// <summary>Reads the Docker hosts of an environment.</summary>
public static class DockerHosts
{
    private static readonly char[] Separators = [',', ' ', '\n', '\t'];

    /// <summary>
    /// Reads hosts separated by commas or blanks. Each is an endpoint or the name of a context, with <c>?address=…</c> where its published ports are reached
    /// elsewhere than at the endpoint, and <c>certificates=…</c> for the folder of a <c>tcp://</c> endpoint's certificates; without it DOCKER_CERT_PATH or
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
        return faults.Count == 0 ? hosts : throw new DeliveryException(string.Join('\n', faults.Select(fault => $"{parameter}: {fault}")));
    }
}
