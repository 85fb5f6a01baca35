using Build.Environments;
using Cake.Frosting;
using Pipeline.Applications.SupplyChain;
using Pipeline.Applications.Telling;
using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Puts the artifact on staging")]
public sealed class DeployStaging(PushImage image, Attest origin, Lint lint, Test test, ApplicationDelivery delivery, EnvironmentAddresses addresses) : Target<Deployment>
{
    protected override async Task<Recall<Deployment>> RecallAsync(TargetContext context, FoundEvidence<Deployment>? evidence, CancellationToken cancellation)
    {
        if (RehearsedRelease.IsNamed(context))
            return Recall<Deployment>.Hold(await delivery.DescribeAsync(Staging.Name, image.Result.Digest, cancellation), "--release names what was rehearsed before");
        return await delivery.FindServingAsync(Staging.Name, image.Result.Digest, cancellation) is { } serving
            ? Recall<Deployment>.Hold(serving, $"{serving.Release.Version} serves staging since {serving.Since:u}")
            : Recall<Deployment>.Run("staging does not run this release with the present settings");
    }

    protected override IEnumerable<SummaryPart> Summarize(Deployment result) => DeploymentSummary.Of(result, addresses.FindLink(Staging.Name));

    protected override async Task<Deployment> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var release = await delivery.ReadReleaseAsync(image.Result.Digest, cancellation);
        var deployment = await delivery.DeployAsync(Staging.Name, release, context.Get(DeliveryParameters.Reason), cancellation);
        if (context.Get(DeliveryParameters.Release) is null)
        {
            await delivery.AttachEvidenceAsync(release, "build", "lint", lint.Result.Summary, cancellation);
            await delivery.AttachEvidenceAsync(release, "build", "test", test.Result.Summary, cancellation);
            await delivery.AttachEvidenceAsync(release, "build", ArtifactKeys.Evidence, origin.Result.Key, cancellation);
        }
        return deployment;
    }
}
