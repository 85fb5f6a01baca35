using Build.Delivering;
using Cake.Frosting;
using Pipeline.Applications.Registries;
using Pipeline.Artifacts;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Sends the artifact with all that is attached to it to the registry that --registry names")]
[IsDependentOn(typeof(Attest))]
public sealed class PushImage(BuildImage image, ShopHouse house, ReleaseRegistry registry) : Target<Artifact>
{
    protected override async Task<Recall<Artifact>> RecallAsync(TargetContext context, FoundEvidence<Artifact>? evidence, CancellationToken cancellation)
    {
        if (registry.Repository is null)
            return context.IsRequested<PushImage>()
                ? throw new MisuseException("PushImage: no registry is named; pass --registry host:port/shop, or set PIPELINE_REGISTRY")
                : Recall<Artifact>.Hold(image.Result, "no --registry is named: the artifact stays in this clone");
        return await registry.HasAsync(house.Store, image.Result, cancellation)
            ? Recall<Artifact>.Hold(image.Result, $"{registry.Repository} has it")
            : Recall<Artifact>.Run($"{registry.Repository} lacks it, or some of what is attached to it");
    }

    protected override async Task<Artifact> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var pushed = await registry.PushAsync(house.Store, image.Result, cancellation);
        context.Say($"{pushed.Reference}  {pushed.Sent / 1e6:0.0} MB sent in {pushed.BlobsSent} blobs, {pushed.BlobsFound} were there, {pushed.BlobsMounted} taken from other repositories, {pushed.Attachments.Count} attachments");
        context.Measure("pushed", pushed.Sent, "bytes");
        return image.Result;
    }
}
