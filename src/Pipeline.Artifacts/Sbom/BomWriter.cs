using System.Globalization;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Sbom.Catalogues;

namespace Pipeline.Artifacts.Sbom;

/// <summary>
/// Writes the document as the same bytes every time: its times are those of the commit, its serial number comes from the image's digest, and everything is in
/// order.
/// </summary>
internal static class BomWriter
{
    private const string Tool = "pipeline";

    public static Bom Describe(Artifact artifact, string title, IReadOnlyList<Catalogue> catalogues)
    {
        var components = catalogues.SelectMany(catalogue => catalogue.Components).DistinctBy(component => component.Reference)
            .OrderBy(component => component.Reference, StringComparer.Ordinal).ToArray();
        var root = PackageUrl.Image(NameOf(title), artifact.Digest.Value);
        var roots = new BomDependency(root, Sorted(catalogues.SelectMany(catalogue => catalogue.Roots)));
        return new Bom
        {
            SerialNumber = $"urn:uuid:{SerialNumber(artifact)}",
            Metadata = new BomMetadata
            {
                Timestamp = artifact.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                Tools = new BomTools([new BomComponent { Type = "application", Name = Tool, Version = ToolVersion() }]),
                Component = Root(artifact, title, root),
            },
            Components = [.. components.Select(Write)],
            Dependencies = [roots, .. components.Select(component => new BomDependency(component.Reference, Sorted(component.Needs)))],
        };
    }

    public static byte[] Write(Bom bom) => CanonicalJson.Write(bom);

    private static BomComponent Root(Artifact artifact, string title, string reference) => new()
    {
        Type = "container",
        Reference = reference,
        PackageUrl = reference,
        Name = title,
        Version = artifact.Version,
        Hashes = [new BomHash("SHA-256", artifact.Digest.Hex)],
        Properties = [new BomProperty("pipeline:commit", artifact.Commit)],
    };

    private static BomComponent Write(Component component) => new()
    {
        Type = component.Type,
        Reference = component.Reference,
        PackageUrl = component.PackageUrl,
        Name = component.Name,
        Version = component.Version,
        Scope = component.IsInImage ? "required" : "excluded",
        Hashes = component.Sha512 is { } hash ? [new BomHash("SHA-512", hash)] : null,
        Licences = Licences(component),
    };

    private static IReadOnlyList<BomLicenceChoice>? Licences(Component component)
    {
        if (component.LicenceExpression is { } expression)
            return [new BomLicenceChoice { Expression = expression }];
        return component.LicenceNames.Count == 0 ? null : [.. component.LicenceNames.Select(name => new BomLicenceChoice { Licence = new BomLicence(name) })];
    }

    private static string[] Sorted(IEnumerable<string> references) => [.. references.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string NameOf(string title) => title.ToLowerInvariant();

    private static string ToolVersion() => typeof(BomWriter).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? "";

    /// <summary>A UUID of version 8, whose bits are the maker's own: https://www.rfc-editor.org/rfc/rfc9562#section-5.8.</summary>
    private static Guid SerialNumber(Artifact artifact)
    {
        var bytes = Convert.FromHexString(artifact.Digest.Hex)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
