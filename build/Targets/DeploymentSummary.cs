using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Build.Targets;

/// <summary>What a deployment adds to the summary of a run: what is where, and how to look at it.</summary>
internal static class DeploymentSummary
{
    /// <param name="deployment">The deployment.</param>
    /// <param name="link">Where readers find the environment; null where that is not known.</param>
    public static IEnumerable<SummaryPart> Of(Deployment deployment, Uri? link) =>
    [
        new LineageStation(deployment.Environment, $"{deployment.Release.Digest}"),
        .. link is null ? Enumerable.Empty<SummaryPart>() : [new SummaryLink(deployment.Environment, link)],
    ];
}
