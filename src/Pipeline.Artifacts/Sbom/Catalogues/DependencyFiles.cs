using System.Text.Json;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>
/// What .NET applications in the layers ship, as the compiler wrote it down for the runtime: their <c>*.deps.json</c>. What the SDK restored says more of the
/// same packages, where it is at hand.
/// </summary>
internal static class DependencyFiles
{
    private const string Ending = ".deps.json";

    /// <summary>Those of shared frameworks describe the framework itself.</summary>
    public static bool Wants(string path) => path.EndsWith(Ending, StringComparison.Ordinal) && !path.Contains("/shared/", StringComparison.Ordinal);

    /// <exception cref="DeliveryException">A file is not what the compiler writes.</exception>
    public static Catalogue Read(SelectedFiles files)
    {
        Component[] components = [.. files.Contents.Keys.Where(Wants).Order(StringComparer.Ordinal).SelectMany(path => Packages(path, files.Contents[path])).DistinctBy(component => component.Reference)];
        return new Catalogue(components, [.. components.Select(component => component.Reference)]);
    }

    private static IReadOnlyList<Component> Packages(string path, byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return [.. document.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package").Select(Describe)];
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DeliveryException($"{path} in the artifact does not say what the application ships ({malformed.Message}); publish the application again", malformed);
        }
    }

    private static Component Describe(JsonProperty library)
    {
        const string algorithm = "sha512-";
        var (name, version) = library.Name.Split('/') is [var first, var second] ? (first, second) : throw new FormatException($"'{library.Name}' is no name/version");
        var hash = library.Value.TryGetProperty("sha512", out var noted) ? noted.GetString() ?? "" : "";
        return new Component
        {
            Reference = PackageUrl.NuGet(name, version),
            PackageUrl = PackageUrl.NuGet(name, version),
            Name = name,
            Version = version,
            Sha512 = hash.StartsWith(algorithm, StringComparison.Ordinal) ? Convert.ToHexStringLower(Convert.FromBase64String(hash[algorithm.Length..])) : null,
        };
    }
}
