using Pipeline.Artifacts.Storing;

namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>What dpkg installed into the layers: https://manpages.debian.org/bookworm/dpkg-dev/deb-control.5.en.html, in its database of installed packages.</summary>
internal static class DebianPackages
{
    private const string Database = "var/lib/dpkg/status";
    private const string DatabaseFolder = "var/lib/dpkg/status.d/";
    private const string System = "usr/lib/os-release";
    private const string SystemLink = "etc/os-release";
    private const string Documents = "usr/share/doc/";

    public static bool Wants(string path) =>
        path is Database or System or SystemLink
        || (path.StartsWith(DatabaseFolder, StringComparison.Ordinal) && !path.EndsWith(".md5sums", StringComparison.Ordinal))
        || (path.StartsWith(Documents, StringComparison.Ordinal) && (path.EndsWith("/copyright", StringComparison.Ordinal) || path.IndexOf('/', Documents.Length) < 0));

    public static Catalogue Read(SelectedFiles files)
    {
        var packages = files.Contents.Keys.Where(path => path == Database || path.StartsWith(DatabaseFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(path => ControlStanza.ReadAll(files.Text(path)!)).Where(IsInstalled).ToArray();
        if (packages.Length == 0)
            return Catalogue.Empty;
        var system = OperatingSystemFile.Read(files.Text(System) ?? files.Text(SystemLink) ?? "");
        var references = packages.DistinctBy(package => package["Package"]).ToDictionary(package => package["Package"], package => Reference(package, system), StringComparer.Ordinal);
        Component[] components = [.. packages.Select(package => Describe(package, system, files, references)).DistinctBy(component => component.Reference), Describe(system)];
        return new Catalogue(components, [.. components.Select(component => component.Reference)]);
    }

    /// <summary>A database file per package (distroless images) has no status: what is there is installed.</summary>
    private static bool IsInstalled(ControlStanza package) =>
        package.Has("Package") && package.Has("Version") && package["Status"] is "" or "install ok installed" or "hold ok installed";

    private static Component Describe(ControlStanza package, OperatingSystemFile system, SelectedFiles files, Dictionary<string, string> references) => new()
    {
        Reference = Reference(package, system),
        PackageUrl = Reference(package, system),
        Name = package["Package"],
        Version = package["Version"],
        LicenceNames = DebianCopyright.Licences(CopyrightOf(package["Package"], files)),
        Needs = [.. package.Needs.Where(references.ContainsKey).Select(name => references[name]).Distinct(StringComparer.Ordinal)],
    };

    private static Component Describe(OperatingSystemFile system) => new()
    {
        Reference = $"os:{system.Name}@{system.Version}",
        Type = "operating-system",
        Name = system.Name,
        Version = system.Version,
    };

    private static string Reference(ControlStanza package, OperatingSystemFile system) =>
        PackageUrl.Debian(system.Name, system.Version, package["Package"], package["Version"], package["Architecture"]);

    /// <summary>A package may share the documents of another: its folder is a link to the other's then.</summary>
    private static string CopyrightOf(string package, SelectedFiles files)
    {
        var folder = files.Links.TryGetValue(Documents + package, out var shared) ? shared.TrimEnd('/').Split('/')[^1] : package;
        return files.Text($"{Documents}{folder}/copyright") ?? "";
    }
}
