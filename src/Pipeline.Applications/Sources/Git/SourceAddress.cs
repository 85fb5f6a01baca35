using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Pipeline.Delivery;

namespace Pipeline.Applications.Sources.Git;

/// <summary>
/// Where the sources live. The address that is committed (RepositoryUrl in Directory.Build.props) comes first, as every clone has the same one; then origin,
/// in one form for all ways of cloning, without credentials. A folder of this machine is no address.
/// </summary>
internal static partial class SourceAddress
{
    public static async Task<string?> OfAsync(string root, GitCommand git, CancellationToken cancellation) =>
        Committed(Path.Combine(root, "Directory.Build.props")) ?? Normalize(await git.TryAskAsync(cancellation, "remote", "get-url", "origin"));

    /// <summary><c>https://host/owner/name</c> of whatever git understands as an address; null for a folder.</summary>
    public static string? Normalize(string? remote)
    {
        if (remote is null)
            return null;
        if (Scp().Match(remote) is { Success: true } scp)
            return Format(scp.Groups["host"].Value, port: "", scp.Groups["path"].Value);
        if (!Uri.TryCreate(remote, UriKind.Absolute, out var address) || address.Host.Length == 0)
            return null;
        return address.Scheme switch
        {
            "https" or "http" => Format(address.Host, address.IsDefaultPort ? "" : $":{address.Port}", address.AbsolutePath),
            "ssh" or "git" => Format(address.Host, port: "", address.AbsolutePath),
            _ => null,
        };
    }

    private static string Format(string host, string port, string path)
    {
        var plain = path.Trim('/');
        return $"https://{host}{port}/{(plain.EndsWith(".git", StringComparison.Ordinal) ? plain[..^4] : plain)}";
    }

    private static string? Committed(string properties)
    {
        if (!File.Exists(properties))
            return null;
        try
        {
            return XDocument.Load(properties).Descendants("RepositoryUrl").Select(element => element.Value.Trim()).FirstOrDefault(value => value.Length > 0);
        }
        catch (XmlException malformed)
        {
            throw new DeliveryException($"{properties} is no XML: {malformed.Message} Mend it; RepositoryUrl is read from it", malformed);
        }
    }

    [GeneratedRegex(@"\A([^@/\\:]+@)?(?<host>[A-Za-z0-9.-]{2,}):(?!//)(?<path>[^\\]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Scp();
}
