using Pipeline.Applications.Delivering;
using Pipeline.Applications.Operating;
using Pipeline.Applications.Stages.Docker;
using System.Diagnostics;
using Pipeline.Applications;
using Build.Delivering;
using Build.Environments;
using Build.Environments.Stages;
using Pipeline.Applications.Images;
using Pipeline.Applications.Registries;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Signing;
using Pipeline.Benchmarks.Edge;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Benchmarks.Delivering;

/// <summary>
/// The Shop on staging as the build program puts it there: ledger and database in PostgreSQL, the edge, instances as supervised processes. All of it lies in
/// a folder of its own and is gone after the benchmark.
/// </summary>
internal sealed class DeliveryStage : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pipeline-delivery-benchmark");
    private readonly ReleaseRegistry registry;
    private readonly ShopHouse house;
    private readonly ShopEnvironment environment;

    public DeliveryStage()
    {
        System.Environment.SetEnvironmentVariable("PIPELINE_HOME", Path.Combine(folder.FullName, "home"));
        var parameters = new ShopParameters(
            "process", EdgeBenchmark.FreePort(), EdgeBenchmark.FreePort(), Watch: TimeSpan.FromSeconds(1), Release: null, Reason: null, OnCall: null, Announced: null);
        var paths = new StatePaths(Page.Repository);
        registry = new ReleaseRegistry(null, [], Steps, TimeProvider.System);
        var images = new ImageHouse(paths, new ImageParameters(BaseImage: null, "bookworm", []), registry, Steps);
        house = new ShopHouse(
            paths, parameters, registry, new ShopStages(DockerParameters.OfThisMachine("shop"), sandboxImage: null, images, registry, paths, TimeProvider.System),
            new SecretReader(System.Environment.GetEnvironmentVariable, _ => { }, TimeProvider.System), Steps, TimeProvider.System);
        environment = house.Find(Staging.Name);
    }

    /// <summary>Where users reach it.</summary>
    public Uri Url => environment.Url;

    /// <summary>What the deployments told.</summary>
    public StepTimes Steps { get; } = new();

    /// <summary>Writes the Shop as artifacts of different versions.</summary>
    public async Task<IReadOnlyList<Release>> BuildAsync(IReadOnlyList<string> versions, CancellationToken cancellation)
    {
        var output = Path.Combine(folder.FullName, "shop");
        using (var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", Path.Combine(Page.Repository, "src", "Shop"), "--configuration", "Release", "--output", output, "-v:q", "-p:UseAppHost=false"])
        {
            RedirectStandardOutput = true,
        })!)
        {
            await publish.StandardOutput.ReadToEndAsync(cancellation);
            await publish.WaitForExitAsync(cancellation);
            if (publish.ExitCode != 0)
                throw new InvalidOperationException("src/Shop cannot be published; build it first to see why");
        }
        var releases = new List<Release>();
        foreach (var version in versions)
        {
            var artifact = await house.Store.WriteAsync(
                new ImageSpecification
                {
                    Title = "Shop",
                    Version = version,
                    Commit = new string('0', 40),
                    Created = DateTimeOffset.UnixEpoch,
                    Layers = [new LayerSource(output, "/app")],
                    Entrypoint = ["dotnet", "/app/Shop.dll"],
                },
                cancellation);
            await SealAsync(artifact, cancellation);
            releases.Add(await house.Store.ReadReleaseAsync(artifact.Digest, cancellation));
        }
        return releases;
    }

    /// <summary>No gate lets an artifact pass of which nobody says where it came from.</summary>
    private async Task SealAsync(Artifact artifact, CancellationToken cancellation)
    {
        await house.Origin.ListMaterialsAsync(artifact.Digest, assetsFile: null, cancellation);
        var build = new BuildRecord
        {
            BuilderId = "urn:pipeline:builder:benchmark",
            BuildType = "urn:pipeline:build:benchmark:1",
            ExternalParameters = new Dictionary<string, string>(),
            Materials = [new Material(null, Material.GitCommit, artifact.Commit)],
            InvocationId = artifact.Version,
            StartedAt = artifact.Created,
            FinishedAt = artifact.Created,
        };
        await BuildProvenance.SealAsync(house.Store, artifact.Digest, build, new SigningKeyFolder(house.Paths.Keys).ReadOrMake(_ => { }), cancellation);
    }

    public async Task DeployAsync(Release release, CancellationToken cancellation) =>
        await (await house.DeployerAsync(environment.Name, cancellation)).DeployAsync(
            new(environment.ToDeliveryEnvironment("process"), release, DeploymentKind.Deploy, "benchmark", Reason: null), cancellation);

    /// <summary>Returns to the previous release.</summary>
    public async Task RollbackAsync(CancellationToken cancellation) =>
        await (await house.DeployerAsync(environment.Name, cancellation)).RollbackAsync(new(To: null, "benchmark", Reason: null), cancellation);

    /// <summary>Ends the instances that have no traffic, so that their release must start to come back.</summary>
    public async Task StopIdleAsync(Release serving, CancellationToken cancellation)
    {
        var engine = house.Stage(environment).Engine;
        foreach (var instance in (await engine.ObserveAsync(cancellation)).Where(instance => instance.Digest != serving.Digest))
            await engine.StopAsync(instance.Id, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await new Shutdown(house).ForgetAsync(CancellationToken.None);
        house.Dispose();
        registry.Dispose();
        folder.Delete(recursive: true);
    }
}
