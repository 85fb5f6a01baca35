using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Build.Targets;

/// <summary>What a deployment adds to the summary of a run: what is where, and how to look at it.</summary>
internal static class DeploymentSummary
{
    public static IEnumerable<SummaryPart> Of(Deployment deployment) =>
    [
        new LineageStation(deployment.Environment, $"{deployment.Release.Digest}"),
        new SummaryLink(deployment.Environment, deployment.Url),
    ];
}
