using System.Text.RegularExpressions;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Registry;

/// <summary>
/// A repository in a registry, <c>host[:port]/name</c>. The host is always written: what a missing one means differs from tool to tool.
/// The name follows https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests.
/// </summary>
public sealed partial record RegistryRepository
{
    private const int LongestName = 255;

    private RegistryRepository(string host, string name)
    {
        Host = host;
        Name = name;
    }

    /// <summary>The registry: <c>registry.example.com</c>, <c>127.0.0.1:5000</c>, <c>[::1]:5000</c>.</summary>
    public string Host { get; }

    /// <summary>The name in it: <c>team/shop</c>.</summary>
    public string Name { get; }

    /// <summary>Reads a repository.</summary>
    /// <exception cref="DeliveryException">The text is none; the message says all that is wrong with it.</exception>
    public static RegistryRepository Parse(string text)
    {
        var faults = Faults(text).ToArray();
        if (faults.Length > 0)
            throw new DeliveryException($"'{text}' is no repository of a registry; write host[:port]/name, such as registry.example.com:5000/shop:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}");
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return new RegistryRepository(text[..slash], text[(slash + 1)..]);
    }

    /// <summary>Another repository of the same registry.</summary>
    /// <exception cref="DeliveryException">The name is none.</exception>
    public RegistryRepository Beside(string name) => Parse($"{Host}/{name}");

    /// <summary>As it is written.</summary>
    public override string ToString() => $"{Host}/{Name}";

    internal static IEnumerable<string> Faults(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal))
        {
            yield return "it begins with a scheme; leave that out: registries are spoken to over https, and over http on this machine or where one is named insecure";
            yield break;
        }
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            yield return $"it has no '/', so it does not say which registry; write registry.example.com/{text}, or docker.io/library/{text} for Docker's own";
            yield break;
        }
        var (host, name) = (text[..slash], text[(slash + 1)..]);
        if (!IsHost(host))
            yield return $"'{host}' is no host; write a name with a dot, an address, or localhost, with :port where the registry has one";
        if (name.Length == 0)
            yield return "the name of the repository is empty";
        else if (!NameShape().IsMatch(name))
            yield return $"'{name}' cannot name a repository; use lower-case letters, digits and single . _ - between them, and / between parts";
        if (text.Length > LongestName)
            yield return $"it has {text.Length} characters, and registries take {LongestName}";
    }

    private static bool IsHost(string text)
    {
        var match = HostShape().Match(text);
        if (!match.Success || (match.Groups["port"].Success && !ushort.TryParse(match.Groups["port"].ValueSpan, out _)))
            return false;
        var name = match.Groups["name"].Value;
        return name == "localhost" || match.Groups["port"].Success || name.Contains('.', StringComparison.Ordinal) || name.StartsWith('[');
    }

    [GeneratedRegex(@"\A(?<name>[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*|\[[0-9a-fA-F:.]+\])(:(?<port>[0-9]{1,5}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex HostShape();

    [GeneratedRegex(@"\A[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NameShape();
}
