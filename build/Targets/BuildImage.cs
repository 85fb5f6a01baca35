using Build.Delivering;
using Cake.Frosting;
using Pipeline.Applications.Images;
using Pipeline.Applications.Sources.Publishing;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Sbom;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Builds the one artifact: an OCI image of the Shop, named by its digest")]
public sealed class BuildImage(ShopHouse house, ImageHouse images) : Target<Artifact>
{
    protected override void DeclareInputs(Inputs inputs) => inputs
        .Shop(house)
        .Value("base image", images.BaseDigest ?? (house.Engine.IsDocker ? images.OwnBaseDigest ?? "to be made here" : "none"));

    protected override async Task<Recall<Artifact>> RecallAsync(TargetContext context, FoundEvidence<Artifact>? evidence, CancellationToken cancellation)
    {
        if (house.Parameters.Release is { } named)
            return Recall<Artifact>.Hold(await house.Store.VerifyAsync(await house.FindArtifactAsync(named, cancellation), cancellation), $"--release names it: {named}");
        if (evidence is null)
            return Recall<Artifact>.Run("");
        try
        {
            await BillOfMaterials.RequireAsync(house.Store, evidence.Result.Digest, cancellation);
            return Recall<Artifact>.Hold(await house.Store.VerifyAsync(evidence.Result.Digest, cancellation), $"{evidence.Describe()}: {evidence.Result.Digest}");
        }
        catch (DeliveryException fault)
        {
            return Recall<Artifact>.Run(fault.Message);
        }
    }

    protected override IEnumerable<SummaryPart> Summarize(Artifact result) =>
        [new LineageStation("sources", $"{result.Version}, commit {result.Commit}"), new LineageStation("artifact", $"{result.Digest}")];

    protected override async Task<Artifact> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var below = await images.BaseAsync(cancellation) ?? (house.Engine.IsDocker ? await images.OwnBaseAsync(cancellation) : null);
        var publisher = new ApplicationPublisher(context, Path.Combine(house.Paths.Home, "publish"), house.Time);
        using var application = await publisher.PublishAsync(house.Sources, new("src/Shop/Shop.csproj"), cancellation);
        var artifact = await house.Store.WriteAsync(application.Image with { Base = below }, cancellation);
        await house.Origin.ListMaterialsAsync(artifact.Digest, application.AssetsFile, cancellation);
        context.Say($"{artifact.Digest}  version {artifact.Version}  {artifact.Size / 1e6:0.0} MB");
        context.Measure("image size", artifact.Size, "bytes");
        return artifact;
    }
}
