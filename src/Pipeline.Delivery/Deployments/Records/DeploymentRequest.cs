using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Telling;

namespace Pipeline.Delivery.Deployments;

/// <summary>The wish to put a release into an environment.</summary>
/// <param name="Environment">Where to.</param>
/// <param name="Release">What.</param>
/// <param name="Kind">Why this deployment exists.</param>
/// <param name="By">Who asks: <c>user@host</c>, or the actor in CI.</param>
/// <param name="Reason">In the asker's words; null when none was given.</param>
public sealed record DeploymentRequest(DeliveryEnvironment Environment, Release Release, DeploymentKind Kind, string By, string? Reason)
{
    /// <summary>Who outside is told how it goes; null for nobody.</summary>
    public Listener? Listener { get; init; }
}

/// <summary>Why a deployment exists.</summary>
public enum DeploymentKind
{
    /// <summary>A release goes forward into an environment.</summary>
    Deploy,

    /// <summary>An environment goes back to an earlier release.</summary>
    Rollback,
}
