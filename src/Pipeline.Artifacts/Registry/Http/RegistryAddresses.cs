using System.Net;

namespace Pipeline.Artifacts.Registry.Http;

/// <summary>Where a registry is, and whether it is spoken to over https.</summary>
internal sealed class RegistryAddresses(RegistrySettings settings)
{
    private const string DockerHub = "docker.io";
    private const string DockerHubServer = "registry-1.docker.io";

    /// <summary>The root of a registry's API.</summary>
    public Uri RootOf(string host) => new($"{SchemeOf(host)}://{(host == DockerHub ? DockerHubServer : host)}/v2/");

    /// <summary>Whether http is good enough: on this machine, and where somebody said so.</summary>
    public bool MayBePlain(string host) => settings.InsecureHosts.Contains(host, StringComparer.OrdinalIgnoreCase) || IsLoopback(host);

    // A certificate that was laid out for a registry says that it has one, wherever it is.
    private string SchemeOf(string host) => MayBePlain(host) && !Directory.Exists(Path.Combine(settings.CertificateDirectory, host)) ? "http" : "https";

    private static bool IsLoopback(string host)
    {
        var name = new UriBuilder($"http://{host}").Host.Trim('[', ']');
        return name == "localhost" || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));
    }
}
