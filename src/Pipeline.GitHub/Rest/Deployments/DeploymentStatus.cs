using System.Diagnostics.CodeAnalysis;

namespace Pipeline.GitHub.Rest;

/// <summary>How a deployment goes.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">How.</param>
/// <param name="Description">What people read.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="LogUrl">Where it is told in full; null or empty when nowhere.</param>
/// <param name="EnvironmentUrl">Where users find it; null or empty when unknown.</param>
public sealed record DeploymentStatus(long Id, DeploymentState State, string Description, DateTimeOffset CreatedAt, string? LogUrl = null, string? EnvironmentUrl = null);

/// <summary>How a deployment goes that GitHub is told of.</summary>
/// <param name="State">How.</param>
public sealed record NewDeploymentStatus(DeploymentState State)
{
    /// <summary>What people read, up to 140 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Where it is told in full.</summary>
    public string? LogUrl { get; init; }

    /// <summary>Where users find it.</summary>
    public string? EnvironmentUrl { get; init; }

    /// <summary>Which deployments lost their place is told of each by itself: GitHub would guess it by the order in which it hears of them.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "It is sent with each status.")]
    public bool AutoInactive => false;
}

/// <summary>The states of a deployment.</summary>
public enum DeploymentState
{
    /// <summary>It could not be carried out.</summary>
    Error,

    /// <summary>It failed.</summary>
    Failure,

    /// <summary>Something else has its place.</summary>
    Inactive,

    /// <summary>It goes on.</summary>
    InProgress,

    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It waits.</summary>
    Pending,

    /// <summary>It serves.</summary>
    Success,
}
