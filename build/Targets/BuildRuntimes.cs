using Build.Budgets;
using Build.Delivering;
using Cake.Frosting;
using Pipeline.Applications.Sources.Publishing;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Budgets;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Build.Targets;

/// <summary>The Shop for one system and processor.</summary>
public sealed record RuntimeArtifact(string Runtime, Artifact Artifact);

[TaskDescription("Builds the Shop for each of --runtimes, an image of its own for each, and holds each against the budgets")]
public sealed class BuildRuntimes(ShopHouse house) : Target<IReadOnlyList<RuntimeArtifact>>
{
    // Apart from the artifacts that can be deployed, so that a version goes on to name one of those.
    private readonly ArtifactStore store = new(Path.Combine(house.Paths.Home, "runtimes"));

    protected override void DeclareInputs(Inputs inputs) => inputs
        .Shop(house)
        .Budgets()
        .Parameter(Parameters.Runtimes);

    protected override async Task<Recall<IReadOnlyList<RuntimeArtifact>>> RecallAsync(
        TargetContext context, FoundEvidence<IReadOnlyList<RuntimeArtifact>>? evidence, CancellationToken cancellation)
    {
        if (evidence is null)
            return Recall<IReadOnlyList<RuntimeArtifact>>.Run("");
        try
        {
            foreach (var built in evidence.Result)
                await store.VerifyAsync(built.Artifact.Digest, cancellation);
            return Recall<IReadOnlyList<RuntimeArtifact>>.Hold(evidence.Result, evidence.Describe());
        }
        catch (DeliveryException fault)
        {
            return Recall<IReadOnlyList<RuntimeArtifact>>.Run(fault.Message);
        }
    }

    protected override async Task<IReadOnlyList<RuntimeArtifact>> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var runtimes = RuntimeIdentifier.ParseList(context.Get(Parameters.Runtimes) ?? "");
        var publisher = new ApplicationPublisher(context, Path.Combine(house.Paths.Home, "publish"), house.Time);
        var built = new List<RuntimeArtifact>();
        foreach (var runtime in runtimes)
        {
            using var application = await publisher.PublishAsync(house.Sources, new("src/Shop/Shop.csproj") { Runtime = runtime }, cancellation);
            var artifact = await store.WriteAsync(application.Image, cancellation);
            (await SizeReport.MeasureAsync(store, artifact.Digest, ShopBudgets.All, last: null, cancellation)).Require();
            context.Say($"{runtime,-16} {artifact.Digest}  {artifact.Size / 1e6:0.0} MB");
            context.Measure($"image for {runtime}", artifact.Size, "bytes");
            built.Add(new(runtime.Name, artifact));
        }
        return built;
    }
}
