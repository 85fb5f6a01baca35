using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Deployments;

/// <summary>A release that serves an environment: the result of putting it there.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Url">Where users reach it.</param>
/// <param name="Release">The release.</param>
/// <param name="Since">When the deployment that put it there began.</param>
public sealed record Deployment(string Environment, Uri Url, Release Release, DateTimeOffset Since)
{
    /// <summary>Who agreed to it, where this run deployed it and somebody had to; else null.</summary>
    public Approval? Approval { get; init; }
}
