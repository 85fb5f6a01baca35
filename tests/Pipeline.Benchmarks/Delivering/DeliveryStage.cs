using System.Diagnostics;
using Build.Delivering;
using Build.Environments;
using Build.Environments.Stages;
using Pipeline.Applications;
using Pipeline.Applications.Delivering;
using Pipeline.Applications.Images;
using Pipeline.Applications.Operating;
using Pipeline.Applications.Registries;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Signing;
using Pipeline.Benchmarks.Edge;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Images.Recipes;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Benchmarks.Delivering;

/// <summary>
/// The Shop as the build program puts it onto staging and production: ledger and database in PostgreSQL, the edge, instances as supervised processes or as
/// containers. All of it lies in a folder of its own and is gone after the benchmark.
/// </summary>
internal sealed class DeliveryStage : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pipeline-delivery-benchmark");
    private readonly ReleaseRegistry registry;
    private readonly ShopHouse house;
    private readonly ShopEnvironment environment;
    private readonly BaseImage? below;
    private readonly StatePaths paths;

    /// <summary>In processes of this machine.</summary>
    public DeliveryStage()
        : this(EngineChoice.Process, DockerParameters.OfThisMachine("benchmark"), null)
    {
    }

    private DeliveryStage(string engine, DockerParameters docker, BaseImage? below)
    {
        this.below = below;
        System.Environment.SetEnvironmentVariable("PIPELINE_HOME", Path.Combine(folder.FullName, "home"));
        var parameters = new ShopParameters(
            engine, EdgeBenchmark.FreePort(), EdgeBenchmark.FreePort(), Watch: TimeSpan.FromSeconds(1), Release: null, Reason: null, OnCall: null, Announced: null);
        paths = new StatePaths(Page.Repository);
        registry = new ReleaseRegistry(null, [], Steps, TimeProvider.System);
        var images = new ImageHouse(paths, new ImageParameters(below is null ? null : Path.Combine(SystemImages.Root, "base"), "bookworm", []), registry, Steps);
        house = new ShopHouse(
            paths, parameters, registry, new ShopStages(docker, sandboxImage: null, images, registry, paths, TimeProvider.System),
            new SecretReader(System.Environment.GetEnvironmentVariable, _ => { }, TimeProvider.System), Steps, TimeProvider.System);
        environment = house.Find(Staging.Name);
    }

    /// <summary>In containers, both environments on one host. Images made of Debian's packages are kept for the next run.</summary>
    public static async Task<DeliveryStage> OnDockerAsync(TestEngine host)
    {
        var below = await SystemImages.EnsureAsync(new DotNetRecipe());
        await SystemImages.EnsureAsync(new PostgresRecipe());
        var hosts = DockerHosts.Parse(host.Endpoint, "--production-host");
        var stage = new DeliveryStage(EngineChoice.Docker, new DockerParameters("benchmark", hosts, hosts, null, null), below);
        Directory.CreateDirectory(stage.paths.Home);
        Directory.CreateSymbolicLink(Path.Combine(stage.paths.Home, "images"), SystemImages.Root);
        return stage;
    }

    /// <summary>Where users reach it.</summary>
    public Uri Url => environment.Url;

    /// <summary>What the deployments told.</summary>
    public StepTimes Steps { get; } = new();

    /// <summary>Writes the Shop as artifacts of different versions.</summary>
    public async Task<IReadOnlyList<Release>> BuildAsync(IReadOnlyList<string> versions, CancellationToken cancellation)
    {
        var output = await PublishAsync(cancellation);
        var releases = new List<Release>();
        foreach (var version in versions)
            releases.Add(await WriteAsync(version, [new LayerSource(output, "/app")], cancellation));
        return releases;
    }

    /// <summary>Writes the Shop as one artifact with so many bytes more, which nobody can compress.</summary>
    public async Task<Release> BuildAsync(string version, long more, CancellationToken cancellation)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder.FullName, $"data-{version}")).FullName;
        await using (var file = File.Create(Path.Combine(data, "data.bin")))
        {
            var piece = new byte[1 << 20];
            for (var left = more; left > 0; left -= piece.Length)
            {
                Random.Shared.NextBytes(piece);
                await file.WriteAsync(piece, cancellation);
            }
        }
        return await WriteAsync(version, [new LayerSource(await PublishAsync(cancellation), "/app"), new LayerSource(data, "/data")], cancellation);
    }

    /// <summary>Deploys to staging and says that what is asked for before production has passed.</summary>
    public async Task RehearseAsync(Release release, CancellationToken cancellation)
    {
        await DeployAsync(release, cancellation);
        var ledger = await house.Ledger.ReadAsync(cancellation);
        foreach (var (place, check) in new[] { ("build", "test"), (Staging.Name, "smoke") })
            await ledger.RecordRehearsalAsync(release, new(release.Digest, place, check, Passed: true, TimeProvider.System.GetUtcNow(), "benchmark", "benchmark"), cancellation);
    }

    /// <summary>What <c>--target PromoteProduction --release</c> does: hashes the artifact, then deploys it.</summary>
    public async Task PromoteAsync(Release release, CancellationToken cancellation)
    {
        await house.Store.VerifyAsync(release.Digest, cancellation);
        await DeployAsync(house.Find(Production.Name), release, cancellation);
    }

    private async Task<string> PublishAsync(CancellationToken cancellation)
    {
        var output = Path.Combine(folder.FullName, "shop");
        if (Directory.Exists(output))
            return output;
        using var publish = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", Path.Combine(Page.Repository, "src", "Shop"), "--configuration", "Release", "--output", output, "-v:q", "-p:UseAppHost=false"])
        {
            RedirectStandardOutput = true,
        })!;
        await publish.StandardOutput.ReadToEndAsync(cancellation);
        await publish.WaitForExitAsync(cancellation);
        return publish.ExitCode == 0 ? output : throw new InvalidOperationException("src/Shop cannot be published; build it first to see why");
    }

    private async Task<Release> WriteAsync(string version, IReadOnlyList<LayerSource> layers, CancellationToken cancellation)
    {
        var artifact = await house.Store.WriteAsync(
            new ImageSpecification
            {
                Title = "Shop",
                Version = version,
                Commit = new string('0', 40),
                Created = DateTimeOffset.UnixEpoch,
                Layers = layers,
                Entrypoint = ["dotnet", "/app/Shop.dll"],
                Base = below,
            },
            cancellation);
        await SealAsync(artifact, cancellation);
        return await house.Store.ReadReleaseAsync(artifact.Digest, cancellation);
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
            SealedAt = artifact.Created,
        };
        await BuildProvenance.SealAsync(house.Store, artifact.Digest, build, new SigningKeyFolder(house.Paths.Keys).ReadOrMake(_ => { }), cancellation);
    }

    public Task DeployAsync(Release release, CancellationToken cancellation) => DeployAsync(environment, release, cancellation);

    /// <summary>Returns to the previous release.</summary>
    public async Task RollbackAsync(CancellationToken cancellation) =>
        await (await house.DeployerAsync(environment.Name, new AgreesToAll(), witness: null, cancellation)).RollbackAsync(new(To: null, "benchmark", Reason: null), cancellation);

    /// <summary>Ends the instances that have no traffic, so that their release must start to come back.</summary>
    public async Task StopIdleAsync(Release serving, CancellationToken cancellation)
    {
        var engine = house.Stage(environment).Engine;
        foreach (var instance in (await engine.ObserveAsync(cancellation)).Where(instance => instance.Digest != serving.Digest))
            await engine.StopAsync(instance.Id, cancellation);
    }

    private async Task DeployAsync(ShopEnvironment target, Release release, CancellationToken cancellation) =>
        await (await house.DeployerAsync(target.Name, new AgreesToAll(), witness: null, cancellation)).DeployAsync(
            new(target.ToDeliveryEnvironment(house.Engine.Name), release, DeploymentKind.Deploy, "benchmark", Reason: null), cancellation);

    public async ValueTask DisposeAsync()
    {
        await new Shutdown(house).ForgetAsync(CancellationToken.None);
        house.Dispose();
        registry.Dispose();
        folder.Delete(recursive: true);
    }
}
