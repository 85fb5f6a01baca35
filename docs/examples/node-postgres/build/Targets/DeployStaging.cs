using Cake.Frosting;
using Pipeline.Applications;
using Pipeline.Applications.Delivering;
using Pipeline.Applications.Registries;
using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Notes.Build.Targets;

[TaskDescription("Puts the artifact on staging")]
public sealed class DeployStaging(BuildImage image, NotesHouse house, ReleaseRegistry registry, ApplicationDelivery delivery) : Target<Deployment>
{
    protected override async Task<Recall<Deployment>> RecallAsync(TargetContext context, FoundEvidence<Deployment>? evidence, CancellationToken cancellation) =>
        await delivery.FindServingAsync(EnvironmentNames.Staging, image.Result.Digest, cancellation) is { } serving
            ? Recall<Deployment>.Hold(serving, $"{serving.Release.Version} serves staging since {serving.Since:u}")
            : Recall<Deployment>.Run("staging does not run this release with the present settings");

    protected override async Task<Deployment> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        // Without --registry this machine sends the image to the hosts itself.
        if (registry.Repository is not null)
            await registry.PushAsync(house.Store, image.Result, cancellation);
        var release = await delivery.ReadReleaseAsync(image.Result.Digest, cancellation);
        return await delivery.DeployAsync(EnvironmentNames.Staging, release, context.Get(DeliveryParameters.Reason), cancellation);
    }
}
