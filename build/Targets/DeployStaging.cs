using Build.Delivering;
using Build.Environments;
using Build.SupplyChain;
using Cake.Frosting;
using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Puts the artifact on staging")]
public sealed class DeployStaging(PushImage image, Attest origin, Lint lint, Test test, ShopDelivery delivery) : Target<Deployment>
{
    protected override async Task<Recall<Deployment>> RecallAsync(TargetContext context, FoundEvidence<Deployment>? evidence, CancellationToken cancellation)
    {
        if (delivery.NamesRehearsedRelease(context))
            return Recall<Deployment>.Hold(await delivery.DescribeAsync(Staging.Name, image.Result.Digest, cancellation), "--release names what was rehearsed before");
        return await delivery.FindServingAsync(Staging.Name, image.Result.Digest, cancellation) is { } serving
            ? Recall<Deployment>.Hold(serving, $"{serving.Release.Version} serves staging since {serving.Since:u}")
            : Recall<Deployment>.Run("staging does not run this release with the present settings");
    }

    protected override async Task<Deployment> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var release = await delivery.ReadReleaseAsync(image.Result.Digest, cancellation);
        var deployment = await delivery.DeployAsync(context, Staging.Name, release, cancellation);
        if (context.Get(Parameters.Release) is null)
        {
            await delivery.AttachEvidenceAsync(release, "build", "lint", lint.Result.Summary, cancellation);
            await delivery.AttachEvidenceAsync(release, "build", "test", test.Result.Summary, cancellation);
            await delivery.AttachEvidenceAsync(release, "build", ShopKeys.Evidence, origin.Result.Key, cancellation);
        }
        return deployment;
    }
}
