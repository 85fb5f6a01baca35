using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Provenance;

/// <summary>
/// An in-toto statement, https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/statement.md, with SLSA's provenance as its predicate,
/// https://slsa.dev/spec/v1.0/provenance.
/// </summary>
internal sealed record Statement
{
    public const string StatementType = "https://in-toto.io/Statement/v1";
    public const string SlsaProvenance = "https://slsa.dev/provenance/v1";

    [JsonPropertyName("_type")]
    public required string Type { get; init; }

    [JsonPropertyName("subject")]
    public required IReadOnlyList<ResourceDescriptor> Subject { get; init; }

    [JsonPropertyName("predicateType")]
    public required string PredicateType { get; init; }

    [JsonPropertyName("predicate")]
    public required ProvenancePredicate Predicate { get; init; }
}

internal sealed record ProvenancePredicate(
    [property: JsonPropertyName("buildDefinition")] BuildDefinition BuildDefinition,
    [property: JsonPropertyName("runDetails")] RunDetails RunDetails);

internal sealed record BuildDefinition
{
    [JsonPropertyName("buildType")]
    public required string BuildType { get; init; }

    [JsonPropertyName("externalParameters")]
    public required IReadOnlyDictionary<string, string> ExternalParameters { get; init; }

    [JsonPropertyName("internalParameters")]
    public IReadOnlyDictionary<string, string>? InternalParameters { get; init; }

    [JsonPropertyName("resolvedDependencies")]
    public IReadOnlyList<ResourceDescriptor> ResolvedDependencies { get; init; } = [];
}

internal sealed record RunDetails
{
    [JsonPropertyName("builder")]
    public required Builder Builder { get; init; }

    [JsonPropertyName("metadata")]
    public RunMetadata? Metadata { get; init; }

    [JsonPropertyName("byproducts")]
    public IReadOnlyList<ResourceDescriptor> Byproducts { get; init; } = [];
}

internal sealed record Builder([property: JsonPropertyName("id")] string Id);

internal sealed record RunMetadata(
    [property: JsonPropertyName("invocationId")] string InvocationId,
    [property: JsonPropertyName("startedOn")] string? StartedOn,
    [property: JsonPropertyName("finishedOn")] string? FinishedOn);

/// <summary>https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/resource_descriptor.md.</summary>
internal sealed record ResourceDescriptor
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("uri")]
    public string? Uri { get; init; }

    [JsonPropertyName("digest")]
    public IReadOnlyDictionary<string, string>? Digest { get; init; }

    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public string? DigestBy(string algorithm) => Digest?.GetValueOrDefault(algorithm);
}
