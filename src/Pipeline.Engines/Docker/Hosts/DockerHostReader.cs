using System.Text.RegularExpressions;

namespace Pipeline.Engines.Docker.Hosts;

/// <summary>Reads one Docker host and notes what is wrong with it.</summary>
internal static partial class DockerHostReader
{
    private static readonly string[] CertificateFiles = ["ca.pem", "cert.pem", "key.pem"];

    internal static DockerHost Read(string text, List<string> faults)
    {
        var (endpoint, options) = Split(text, faults);
        var host = new DockerHost { Name = endpoint, Address = options.GetValueOrDefault("address") };
        var scheme = endpoint.Contains("://", StringComparison.Ordinal) ? endpoint[..endpoint.IndexOf(':', StringComparison.Ordinal)] : null;
        if (options.ContainsKey("certificates") && scheme != "tcp")
            faults.Add($"{text}: certificates are for tcp:// endpoints; remove them");
        return scheme switch
        {
            null => Context(host, endpoint, faults),
            "unix" => Socket(host, endpoint, faults),
            "tcp" => Tls(host, endpoint, options.GetValueOrDefault("certificates"), faults),
            "ssh" => Remote(host, endpoint, "ssh://user@host", faults),
            _ => Faulty(host, faults, $"{text}: a Docker host is unix://…, tcp://…, ssh://… or the name of a context; write one of them"),
        };
    }

    private static DockerHost Context(DockerHost host, string name, List<string> faults) => ContextName().IsMatch(name)
        ? host with { Context = name }
        : Faulty(host, faults, $"{name}: no name of a Docker context; use one that docker context ls lists, or write unix://, tcp:// or ssh://");

    private static DockerHost Socket(DockerHost host, string endpoint, List<string> faults) => endpoint.StartsWith("unix:///", StringComparison.Ordinal)
        ? host with { Endpoint = endpoint, Address = host.Address ?? "127.0.0.1" }
        : Faulty(host, faults, $"{endpoint}: a socket is named by its whole path; write unix:///run/docker.sock");

    private static DockerHost Tls(DockerHost host, string endpoint, string? certificates, List<string> faults)
    {
        var folder = certificates ?? DefaultCertificates();
        var missing = CertificateFiles.Where(file => !File.Exists(Path.Combine(folder, file))).ToList();
        if (missing.Count > 0)
            faults.Add($"{endpoint}: {folder} lacks {string.Join(", ", missing)}; put the client's certificate there, or name its folder with {endpoint}?certificates=/folder");
        return Remote(host, endpoint, "tcp://host:2376", faults) with { Certificates = folder };
    }

    private static DockerHost Remote(DockerHost host, string endpoint, string example, List<string> faults)
    {
        var valid = Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.AbsolutePath is "" or "/"
            && (uri.Scheme == "ssh" || uri.Port > 0);
        if (!valid)
            return Faulty(host, faults, $"{endpoint}: not an endpoint; write {example}");
        if (uri!.UserInfo.Contains(':', StringComparison.Ordinal))
            return Faulty(host with { Name = $"{uri.Scheme}://{uri.Host}" }, faults, $"{uri.Scheme}://{uri.Host}: a password has no place here; use a key");
        return host with { Endpoint = endpoint.TrimEnd('/'), Address = host.Address ?? uri.Host };
    }

    private static (string Endpoint, Dictionary<string, string> Options) Split(string text, List<string> faults)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        var question = text.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
            return (text, options);
        foreach (var option in text[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = option.Split('=', 2);
            if (pair is not [("address" or "certificates"), { Length: > 0 }])
                faults.Add($"{text}: '{option}' is not understood; there are address=… and certificates=…");
            else
                options[pair[0]] = Uri.UnescapeDataString(pair[1]);
        }
        return (text[..question], options);
    }

    private static DockerHost Faulty(DockerHost host, List<string> faults, string fault)
    {
        faults.Add(fault);
        return host;
    }

    private static string DefaultCertificates() => Environment.GetEnvironmentVariable("DOCKER_CERT_PATH") is { Length: > 0 } path
        ? path
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");

    [GeneratedRegex(@"^[a-zA-Z0-9][a-zA-Z0-9_.+-]*\z")]
    private static partial Regex ContextName();
}
