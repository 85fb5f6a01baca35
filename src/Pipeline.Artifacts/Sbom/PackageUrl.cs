namespace Pipeline.Artifacts.Sbom;

/// <summary>Writes package URLs: https://github.com/package-url/purl-spec/blob/main/PURL-SPECIFICATION.rst.</summary>
internal static class PackageUrl
{
    public static string NuGet(string name, string version) => $"pkg:nuget/{Escape(name)}@{Escape(version)}";

    public static string Npm(string name, string version) => name.StartsWith('@')
        ? $"pkg:npm/{string.Join('/', name.Split('/', 2).Select(Escape))}@{Escape(version)}"
        : $"pkg:npm/{Escape(name)}@{Escape(version)}";

    public static string Debian(string distribution, string release, string name, string version, string architecture) =>
        $"pkg:deb/{Escape(distribution)}/{Escape(name)}@{Escape(version)}?arch={Escape(architecture)}&distro={Escape($"{distribution}-{release}")}";

    public static string Image(string name, string digest) => $"pkg:oci/{Escape(name)}@{Escape(digest)}";

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
