using System.Text.Json;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>The packages that the SDK restored for a project: its file <c>obj/project.assets.json</c>.</summary>
internal static class NuGetPackages
{
    private static readonly string[] ShippedKinds = ["runtime", "runtimeTargets", "native", "resource"];

    /// <exception cref="DeliveryException">The file is missing or is not what the SDK writes.</exception>
    public static Catalogue Read(string assetsFile)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
            return Read(document.RootElement);
        }
        catch (Exception fault) when (fault is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DeliveryException($"the restored packages cannot be read from {assetsFile}: {fault.Message}; restore the project with dotnet restore", fault);
        }
    }

    private static Catalogue Read(JsonElement assets)
    {
        // A target per framework and runtime: the one without a runtime is the whole of what was restored.
        var target = assets.GetProperty("targets").EnumerateObject().OrderBy(each => each.Name.Length).First();
        var folders = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
        var libraries = assets.GetProperty("libraries");
        var references = target.Value.EnumerateObject()
            .ToDictionary(library => library.Name.Split('/')[0], library => Reference(library), StringComparer.OrdinalIgnoreCase);
        return new Catalogue(
            [.. target.Value.EnumerateObject().Select(library => Describe(library, libraries.GetProperty(library.Name), folders, references))],
            [.. Direct(assets, target.Name).Where(references.ContainsKey).Select(name => references[name])]);
    }

    private static Component Describe(JsonProperty library, JsonElement facts, string[] folders, Dictionary<string, string> references)
    {
        var (name, version) = NameOf(library);
        var component = new Component
        {
            Reference = Reference(library),
            Name = name,
            Version = version,
            IsInImage = IsShipped(library.Value),
            Needs = [.. Members(library.Value, "dependencies").Select(needed => needed.Name).Where(references.ContainsKey).Select(needed => references[needed])],
        };
        if (!IsPackage(library.Value))
            return component;
        var licence = PackageLicence.Find(folders, facts.GetProperty("path").GetString()!);
        return component with
        {
            PackageUrl = component.Reference,
            Sha512 = Convert.ToHexStringLower(facts.GetProperty("sha512").GetBytesFromBase64()),
            LicenceExpression = licence?.Expression,
            LicenceNames = licence?.Name is { } named ? [named] : [],
        };
    }

    /// <summary>What is only compiled against, or only runs while building, is no part of the application.</summary>
    private static bool IsShipped(JsonElement library) =>
        ShippedKinds.SelectMany(kind => Members(library, kind)).Any(file => !file.Name.EndsWith("/_._", StringComparison.Ordinal));

    private static IEnumerable<string> Direct(JsonElement assets, string target) =>
        Items(assets.GetProperty("projectFileDependencyGroups"), target).Select(dependency => dependency.GetString()!.Split(' ')[0]);

    private static string Reference(JsonProperty library)
    {
        var (name, version) = NameOf(library);
        return IsPackage(library.Value) ? PackageUrl.NuGet(name, version) : $"project:{name}@{version}";
    }

    private static bool IsPackage(JsonElement library) => library.GetProperty("type").GetString() == "package";

    private static (string Name, string Version) NameOf(JsonProperty library) => library.Name.Split('/') is [var name, var version]
        ? (name, version)
        : throw new FormatException($"'{library.Name}' is no name/version");

    private static IEnumerable<JsonProperty> Members(JsonElement element, string name) =>
        element.TryGetProperty(name, out var members) ? members.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
