using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Storing;

/// <summary>All that an image will say of itself, apart from its layers.</summary>
internal sealed record ImagePlan
{
    /// <summary>What it is called, for messages.</summary>
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required string Architecture { get; init; }

    public string OperatingSystem { get; init; } = "linux";

    public BaseImage? Base { get; init; }

    public required IReadOnlyList<PlannedLayer> Layers { get; init; }

    /// <summary>How it is started. Environment, labels and what the base adds are merged in.</summary>
    public required ExecutionParameters Execution { get; init; }

    /// <summary>Its own variables, by name.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Its own labels, those made of <see cref="Annotations"/> left out.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Its facts in OCI's predefined words; they become labels too.</summary>
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    /// <summary>What only the layout's index says of it.</summary>
    public IReadOnlyDictionary<string, string> IndexAnnotations { get; init; } = new Dictionary<string, string>();

    /// <summary>How many of its layers are the application's own; null when the image does not have to say so.</summary>
    public int? ApplicationLayers { get; init; }

    public required string Version { get; init; }

    public string Commit { get; init; } = "";
}
