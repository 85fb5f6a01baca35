using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Artifacts.Storing;

namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>The shared .NET frameworks: those that lie in the image, else those that the application asks the machine for.</summary>
internal static partial class Frameworks
{
    private const string Request = ".runtimeconfig.json";

    public static bool Wants(string path) => path.EndsWith(Request, StringComparison.Ordinal) || Shared().IsMatch(path);

    public static Catalogue Read(SelectedFiles files)
    {
        var installed = files.Contents.Keys.Select(path => Shared().Match(path)).Where(match => match.Success)
            .Select(match => Describe(match.Groups["name"].Value, match.Groups["version"].Value, isInImage: true)).ToArray();
        var requested = files.EndingWith(Request).Where(path => !path.Contains("/sdk/", StringComparison.Ordinal))
            .SelectMany(path => Requested(files.Contents[path]))
            .Where(framework => installed.All(present => present.Name != framework.Name))
            .Select(framework => Describe(framework.Name, framework.Version, isInImage: false));
        Component[] all = [.. installed.Concat(requested).DistinctBy(component => component.Reference)];
        return new Catalogue(all, [.. all.Select(component => component.Reference)]);
    }

    private static Component Describe(string name, string version, bool isInImage) => new()
    {
        Reference = $"framework:{name}@{version}",
        Type = "framework",
        Name = name,
        Version = version,
        IsInImage = isInImage,
    };

    private static IEnumerable<(string Name, string Version)> Requested(byte[] runtimeConfiguration)
    {
        try
        {
            using var document = JsonDocument.Parse(runtimeConfiguration);
            if (!document.RootElement.TryGetProperty("runtimeOptions", out var options))
                return [];
            var frameworks = options.TryGetProperty("frameworks", out var several) ? several.EnumerateArray()
                : options.TryGetProperty("framework", out var one) ? Enumerable.Repeat(one, 1)
                : Enumerable.Empty<JsonElement>();
            return [.. frameworks.Select(framework => (framework.GetProperty("name").GetString()!, framework.GetProperty("version").GetString()!))];
        }
        catch (Exception malformed) when (malformed is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // The runtime refuses such a file at the start; here it only names no framework.
            return [];
        }
    }

    [GeneratedRegex(@"(^|/)shared/(?<name>[A-Za-z0-9.]+)/(?<version>\d[^/]*)/\k<name>\.deps\.json$", RegexOptions.ExplicitCapture)]
    private static partial Regex Shared();
}
