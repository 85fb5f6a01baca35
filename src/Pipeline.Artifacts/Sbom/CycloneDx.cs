using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Sbom;

/// <summary>The document, by https://cyclonedx.org/docs/1.6/json/.</summary>
internal sealed record Bom
{
    [JsonPropertyName("$schema")]
    public string Schema { get; init; } = "http://cyclonedx.org/schema/bom-1.6.schema.json";

    [JsonPropertyName("bomFormat")]
    public string Format { get; init; } = "CycloneDX";

    [JsonPropertyName("specVersion")]
    public string SpecificationVersion { get; init; } = "1.6";

    [JsonPropertyName("serialNumber")]
    public string? SerialNumber { get; init; }

    [JsonPropertyName("version")]
    public int Version { get; init; } = 1;

    [JsonPropertyName("metadata")]
    public required BomMetadata Metadata { get; init; }

    [JsonPropertyName("components")]
    public IReadOnlyList<BomComponent> Components { get; init; } = [];

    [JsonPropertyName("dependencies")]
    public IReadOnlyList<BomDependency> Dependencies { get; init; } = [];
}

internal sealed record BomMetadata
{
    [JsonPropertyName("timestamp")]
    public string? Timestamp { get; init; }

    [JsonPropertyName("tools")]
    public BomTools? Tools { get; init; }

    [JsonPropertyName("component")]
    public required BomComponent Component { get; init; }
}

internal sealed record BomTools([property: JsonPropertyName("components")] IReadOnlyList<BomComponent> Components);

internal sealed record BomComponent
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    [JsonPropertyName("bom-ref")]
    public string? Reference { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("version")]
    public string? Version { get; init; }

    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    [JsonPropertyName("hashes")]
    public IReadOnlyList<BomHash>? Hashes { get; init; }

    [JsonPropertyName("licenses")]
    public IReadOnlyList<BomLicenceChoice>? Licences { get; init; }

    [JsonPropertyName("purl")]
    public string? PackageUrl { get; init; }

    [JsonPropertyName("properties")]
    public IReadOnlyList<BomProperty>? Properties { get; init; }
}

internal sealed record BomHash([property: JsonPropertyName("alg")] string Algorithm, [property: JsonPropertyName("content")] string Content);

internal sealed record BomLicenceChoice
{
    [JsonPropertyName("expression")]
    public string? Expression { get; init; }

    [JsonPropertyName("license")]
    public BomLicence? Licence { get; init; }
}

internal sealed record BomLicence([property: JsonPropertyName("name")] string Name);

internal sealed record BomProperty([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("value")] string Value);

internal sealed record BomDependency(
    [property: JsonPropertyName("ref")] string Reference, [property: JsonPropertyName("dependsOn")] IReadOnlyList<string> Needs);
