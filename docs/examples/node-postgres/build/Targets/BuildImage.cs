using Cake.Frosting;
using Pipeline.Applications;
using Pipeline.Applications.Images;
using Pipeline.Applications.Sources.Dockerfiles;
using Pipeline.Artifacts;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Notes.Build.Targets;

[TaskDescription("Builds the one artifact from the Dockerfile, takes it into the OCI layout, and signs where it came from")]
public sealed class BuildImage(NotesHouse house, ImageHouse images) : Target<Artifact>
{
    protected override void DeclareInputs(Inputs inputs) => inputs
        .Files("*", "migrations/**")
        .Value("commit", house.Sources.Commit)
        .Value("version", house.Sources.Version)
        .Value("base image", images.BaseDigest ?? "the recipe of this machine");

    protected override async Task<Recall<Artifact>> RecallAsync(TargetContext context, FoundEvidence<Artifact>? evidence, CancellationToken cancellation)
    {
        if (context.Get(DeliveryParameters.Release) is { } named)
            return Recall<Artifact>.Hold(await house.Store.VerifyAsync(house.Store.Find(named).Digest, cancellation), $"--release names it: {named}");
        if (evidence is null)
            return Recall<Artifact>.Run("");
        try
        {
            return Recall<Artifact>.Hold(await house.Store.VerifyAsync(evidence.Result.Digest, cancellation), $"{evidence.Describe()}: {evidence.Result.Digest}");
        }
        catch (DeliveryException fault)
        {
            return Recall<Artifact>.Run(fault.Message);
        }
    }

    protected override async Task<Artifact> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var application = new DockerfileApplication("notes", Path.GetRelativePath(house.Sources.Root, house.Paths.Repository))
        {
            Base = await images.BaseAsync(cancellation) ?? await images.Folder.EnsureAsync(images.Recipe("node"), cancellation),
            Before = [new("npm", "ci --omit=dev --ignore-scripts --no-audit --no-fund")],
        };
        var artifact = await new DockerfileBuilder(context, house.Store, Path.Combine(house.Paths.Home, "docker-build")).BuildAsync(house.Sources, application, cancellation);
        await house.Origin.SealAsync(context, house.Sources, artifact, [], cancellation);
        context.Say($"{artifact.Digest}  version {artifact.Version}  {artifact.Size / 1e6:0.0} MB");
        return artifact;
    }
}
