namespace Pipeline.Engines.Docker.Scopes;

/// <summary>The labels of what the pipeline keeps on a Docker host.</summary>
public static class ScopeLabels
{
    /// <summary>The service: <c>shop</c>.</summary>
    public const string Service = "pipeline.service";

    /// <summary>The environment: <c>production</c>.</summary>
    public const string Environment = "pipeline.environment";

    /// <summary>What a container is for: <c>instance</c>, <c>door</c>, <c>edge</c>, <c>keeper</c>, <c>database</c>, <c>sandbox</c>.</summary>
    public const string Role = "pipeline.role";

    /// <summary>The digest of the release that an instance was started from.</summary>
    public const string Release = "pipeline.release";

    /// <summary>The id of an instance.</summary>
    public const string Instance = "pipeline.instance";

    /// <summary>The side of an instance.</summary>
    public const string Colour = "pipeline.colour";

    /// <summary>The fingerprint of an instance's settings.</summary>
    public const string Settings = "pipeline.settings";

    /// <summary>Where the edge reaches an instance.</summary>
    public const string Address = "pipeline.address";

    /// <summary>The fingerprint of everything a container was started with.</summary>
    public const string Specification = "pipeline.specification";
}
