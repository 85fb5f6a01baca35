using System.Xml;
using System.Xml.Linq;

namespace Pipeline.Artifacts.Sbom.Catalogues;

/// <summary>The licence that a NuGet package declares: https://learn.microsoft.com/nuget/reference/nuspec#license.</summary>
/// <param name="Expression">The SPDX expression; null when it gives none.</param>
/// <param name="Name">What it says instead: the name of a file in the package, or an address; null with an expression.</param>
internal sealed record PackageLicence(string? Expression, string? Name)
{
    /// <summary>The licence of a package; null where its folder is not here or says nothing.</summary>
    /// <param name="folders">The package folders of this machine.</param>
    /// <param name="package">The package's folder in them: <c>npgsql/10.0.0</c>.</param>
    public static PackageLicence? Find(IEnumerable<string> folders, string package)
    {
        var file = folders.Select(folder => Path.Combine(folder, package)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.nuspec")).FirstOrDefault();
        return file is null ? null : Read(file);
    }

    private static PackageLicence? Read(string nuspec)
    {
        try
        {
            var metadata = XDocument.Load(nuspec).Root?.Elements().FirstOrDefault(element => element.Name.LocalName == "metadata");
            var licence = Element(metadata, "license");
            var address = Element(metadata, "licenseUrl")?.Value.Trim();
            return licence switch
            {
                { } declared when declared.Attribute("type")?.Value == "expression" => new(declared.Value.Trim(), null),
                { } declared => new(null, $"file {declared.Value.Trim()} in the package"),
                _ => address is { Length: > 0 } ? new(null, address) : null,
            };
        }
        catch (XmlException)
        {
            // A package whose description is damaged still counts as a part; only its licence stays unknown.
            return null;
        }
    }

    private static XElement? Element(XElement? metadata, string name) => metadata?.Elements().FirstOrDefault(element => element.Name.LocalName == name);
}
