using System.Text.Json;
using Pipeline.Artifacts.Storing;

namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>What npm installed into the layers: its lock file there, https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json#packages.</summary>
internal static class NpmPackages
{
    private const string HiddenLock = "node_modules/.package-lock.json";
    private const string Lock = "package-lock.json";
    private const string Folder = "node_modules/";

    public static bool Wants(string path) =>
        path.EndsWith("/" + Lock, StringComparison.Ordinal) && !path[..^Lock.Length].Contains("/" + Folder, StringComparison.Ordinal)
        || (path.EndsWith("/" + HiddenLock, StringComparison.Ordinal) && path.IndexOf("/" + Folder, StringComparison.Ordinal) == path.Length - HiddenLock.Length - 1);

    public static Catalogue Read(SelectedFiles files)
    {
        // What is installed says more than what was to be.
        var found = files.EndingWith("/" + HiddenLock).ToArray();
        Component[] components = [.. (found.Length > 0 ? found : [.. files.EndingWith("/" + Lock)])
            .SelectMany(path => Packages(files.Contents[path])).DistinctBy(component => component.Reference)];
        return new Catalogue(components, [.. components.Select(component => component.Reference)]);
    }

    internal static IReadOnlyList<Component> Packages(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            if (!document.RootElement.TryGetProperty("packages", out var packages))
                return [];
            var installed = packages.EnumerateObject().Where(package => package.Name.Contains(Folder, StringComparison.Ordinal) && package.Value.TryGetProperty("version", out _)).ToArray();
            var references = installed.GroupBy(NameOf).ToDictionary(group => group.Key, group => Reference(group.First()), StringComparer.Ordinal);
            return [.. installed.Select(package => Describe(package, references))];
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            // npm itself would not take such a file for one of its own.
            return [];
        }
    }

    private static Component Describe(JsonProperty package, Dictionary<string, string> references) => new()
    {
        Reference = Reference(package),
        PackageUrl = Reference(package),
        Name = NameOf(package),
        Version = package.Value.GetProperty("version").GetString()!,
        Sha512 = Integrity(package.Value),
        LicenceNames = package.Value.TryGetProperty("license", out var licence) && licence.ValueKind == JsonValueKind.String ? [licence.GetString()!] : [],
        IsInImage = !(package.Value.TryGetProperty("dev", out var dev) && dev.ValueKind == JsonValueKind.True),
        Needs = package.Value.TryGetProperty("dependencies", out var needs)
            ? [.. needs.EnumerateObject().Select(needed => needed.Name).Where(references.ContainsKey).Select(name => references[name])]
            : [],
    };

    private static string NameOf(JsonProperty package) => package.Name[(package.Name.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];

    private static string Reference(JsonProperty package) => PackageUrl.Npm(NameOf(package), package.Value.GetProperty("version").GetString()!);

    private static string? Integrity(JsonElement package)
    {
        const string algorithm = "sha512-";
        var text = package.TryGetProperty("integrity", out var integrity) ? integrity.GetString() ?? "" : "";
        var hash = new byte[64];
        return text.StartsWith(algorithm, StringComparison.Ordinal) && Convert.TryFromBase64String(text[algorithm.Length..], hash, out var length) && length == hash.Length
            ? Convert.ToHexStringLower(hash)
            : null;
    }
}
