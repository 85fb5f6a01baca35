using System.Text.RegularExpressions;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Running;

/// <summary>
/// The address of a remote as git writes it: <c>https://github.com/mia/shop.git</c>, <c>ssh://git@github.com/mia/shop</c>, <c>git@github.com:mia/shop.git</c>. See
/// https://git-scm.com/docs/git-clone#_git_urls.
/// </summary>
/// <param name="Host">The host, in small letters, with the port of https where it is another one.</param>
/// <param name="Repository">The repository there.</param>
internal sealed partial record RemoteAddress(string Host, RepositoryName Repository)
{
    /// <summary>Reads an address; null where it is that of a folder, or of what is no repository of an owner.</summary>
    public static RemoteAddress? Parse(string text)
    {
        if (Scp().Match(text) is { Success: true } scp)
            return Of(scp.Groups["host"].Value, scp.Groups["path"].Value);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address))
            return null;
        return address.Scheme switch
        {
            "https" or "http" => Of(address.IsDefaultPort ? address.Host : address.Authority, Uri.UnescapeDataString(address.AbsolutePath)),
            // The port of ssh says nothing about where the interface is.
            "ssh" or "git" => Of(address.Host, Uri.UnescapeDataString(address.AbsolutePath)),
            _ => null,
        };
    }

    private static RemoteAddress? Of(string host, string path)
    {
        var plain = path.Trim('/');
        if (plain.EndsWith(".git", StringComparison.Ordinal))
            plain = plain[..^4];
        try
        {
            // GitHub takes ssh at the port of https under a name of its own.
            return new(host.ToLowerInvariant() is var known && known == "ssh.github.com" ? "github.com" : known, RepositoryName.Parse(plain));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A([^@/\\:]+@)?(?<host>[A-Za-z0-9.-]{2,}):(?!//)(?<path>[^\\]+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Scp();
}
