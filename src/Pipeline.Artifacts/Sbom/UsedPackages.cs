using System.Text.Json;
using Pipeline.Artifacts.Sbom.Catalogues;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Sbom;

/// <summary>The packages that a project uses, direct and transitive, whether they get into an artifact or only build and test it.</summary>
public static class UsedPackages
{
    /// <summary>What NuGet restored for a project, packages that were only downloaded (<c>PackageDownload</c>) among them.</summary>
    /// <param name="assetsFile">Its <c>obj/project.assets.json</c>.</param>
    /// <exception cref="DeliveryException">The file is missing or is not what the SDK writes.</exception>
    public static IReadOnlyList<PackageFacts> OfProject(string assetsFile)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
            var assets = document.RootElement;
            var folders = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
            return [.. Restored(assets).Concat(Downloaded(assets)).Distinct().Select(package => Describe(package.Name, package.Version, folders))];
        }
        catch (Exception fault) when (fault is IOException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DeliveryException($"the restored packages cannot be read from {assetsFile}: {fault.Message}; restore the project with dotnet restore", fault);
        }
    }

    /// <summary>What npm's lock file names: https://docs.npmjs.com/cli/configuring-npm/package-lock-json.</summary>
    /// <param name="lockFile">The <c>package-lock.json</c>.</param>
    /// <exception cref="DeliveryException">The file is missing, or is not what npm 7 and later write.</exception>
    public static IReadOnlyList<PackageFacts> OfNpmLock(string lockFile)
    {
        try
        {
            var content = File.ReadAllBytes(lockFile);
            using var document = JsonDocument.Parse(content);
            _ = document.RootElement.GetProperty("packages").EnumerateObject();
            return [.. NpmPackages.Packages(content).Select(component => new PackageFacts(component.Reference, component.Name, component.Version, component.LicenceNames is [var licence, ..] ? licence : null))];
        }
        catch (Exception fault) when (fault is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DeliveryException($"the packages of npm cannot be read from {lockFile}: {fault.Message}; write it with npm install", fault);
        }
    }

    private static IEnumerable<(string Name, string Version)> Restored(JsonElement assets) =>
        from library in assets.GetProperty("libraries").EnumerateObject()
        where library.Value.GetProperty("type").GetString() == "package"
        select library.Name.Split('/') is [var name, var version] ? (name, version) : throw new FormatException($"'{library.Name}' is no name/version");

    private static IEnumerable<(string Name, string Version)> Downloaded(JsonElement assets) =>
        from framework in assets.GetProperty("project").GetProperty("frameworks").EnumerateObject()
        where framework.Value.TryGetProperty("downloadDependencies", out _)
        from package in framework.Value.GetProperty("downloadDependencies").EnumerateArray()
        select (package.GetProperty("name").GetString()!, Exact(package.GetProperty("version").GetString()!));

    // Only one version can be downloaded, and it is written as a range: [2.1.0, 2.1.0].
    private static string Exact(string range) => range.Trim('[', ']').Split(',')[0].Trim();

    private static PackageFacts Describe(string name, string version, string[] folders)
    {
        var licence = PackageLicence.Find(folders, Path.Combine(name.ToLowerInvariant(), version.ToLowerInvariant()));
        return new(PackageUrl.NuGet(name, version), name, version, licence?.Expression ?? licence?.Name);
    }
}
