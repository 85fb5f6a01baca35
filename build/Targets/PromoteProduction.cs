using Build.Environments;
using Cake.Frosting;
using Pipeline.Applications.Operating;
using Pipeline.Applications.Telling;
using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Promotes the release that staging verified to production, watches it, and puts the old one back when it is not good")]
public sealed class PromoteProduction(SmokeTest rehearsal, ApplicationDelivery delivery, ReleasePrune prune, EnvironmentAddresses addresses) : Target<Deployment>
{
    protected override async Task<Recall<Deployment>> RecallAsync(TargetContext context, FoundEvidence<Deployment>? evidence, CancellationToken cancellation) =>
        await delivery.FindServingAsync(Production.Name, rehearsal.Result.Digest, cancellation) is { } serving
            ? Recall<Deployment>.Hold(serving, $"{serving.Release.Version} serves production since {serving.Since:u}")
            : Recall<Deployment>.Run("production does not run this release with the present settings");

    protected override IEnumerable<SummaryPart> Summarize(Deployment result) => DeploymentSummary.Of(result, addresses.FindLink(Production.Name));

    protected override async Task<Deployment> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var release = await delivery.ReadReleaseAsync(rehearsal.Result.Digest, cancellation);
        var deployment = await delivery.DeployAsync(Production.Name, release, context.Get(DeliveryParameters.Reason), cancellation);
        if (deployment.Approval is { } approval)
            context.Attach("approved", approval.ToString());
        await prune.TidyAsync(context, Production.Name, cancellation);
        return deployment;
    }
}
