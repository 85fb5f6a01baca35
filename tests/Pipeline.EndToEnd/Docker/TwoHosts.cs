using System.Text.Json;
using Pipeline.Delivery.Releases;
using Pipeline.EndToEnd.Installations;
using Pipeline.Images.Recipes;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;
using Pipeline.Testing.Docker.Registries;

namespace Pipeline.EndToEnd.Docker;

/// <summary>
/// Two Docker engines, each in a network of its own, as staging's host and production's, with one registry between them; and a clone whose pipeline delivers there.
/// Production serves the second of two rehearsed releases; tests may leave it serving another, and one that needs the first two says so.
/// </summary>
public sealed class TwoHosts : IAsyncLifetime
{
    private const int ProductionDisk = 3000;
    private const int UnseenBytes = 4 << 20;
    private readonly DockerStage docker = new();
    private LedgerDoor? door;
    private Variants? variants;

    public Installation Installation { get; } = new();

    public TestEngine StagingHost { get; private set; } = null!;

    public TestEngine ProductionHost { get; private set; } = null!;

    public TestRegistry Registry { get; private set; } = null!;

    public LedgerDoor Door => door!;

    public Digest First { get; private set; }

    public Digest Second { get; private set; }

    public Variants Variants => variants!;

    public Uri Staging => new($"http://{StagingHost.Address}:{Installation.StagingPort}");

    public Uri Production => new($"http://{ProductionHost.Address}:{Installation.ProductionPort}");

    public async ValueTask InitializeAsync()
    {
        Needs.That(Environment.IsPrivilegedProcess, "only root starts engines");
        StagingHost = await docker.EngineAsync();
        ProductionHost = await docker.StartEngineAsync(new() { LiveRestore = true, Tls = true, DiskMegabytes = ProductionDisk, DownloadAttempts = 2 });
        Registry = await docker.RegistryAsync();
        await PrepareAsync();
        var built = await Installation.BuildAsync();
        (await Installation.RunAsync("--target", "DeployStaging", "--release", built.Value)).Expect(0);
        door = await LedgerDoor.OpenAsync(Installation, CancellationToken.None);
        First = await RehearseAsync(built);
        variants = new Variants(Installation, built);
        Second = await RehearseAsync(await variants.GoodAsync(CancellationToken.None));
        (await PromoteAsync(First)).Expect(0);
        (await PromoteAsync(Second)).Expect(0);
    }

    public Task<RunResult> PromoteAsync(Digest digest) => Installation.RunAsync("--target", "PromoteProduction", "--release", digest.Value);

    public Task<RunResult> RollBackAsync() => Installation.RunAsync("--target", "Rollback");

    /// <summary>The release that users of production get now, by the header of its answers.</summary>
    public async Task<Digest> ServingAsync()
    {
        using var client = new HttpClient { BaseAddress = Production, Timeout = TimeSpan.FromSeconds(30) };
        using var answer = await client.GetAsync(new Uri("/version", UriKind.Relative));
        return Digest.Parse(answer.Headers.GetValues("Pipeline-Release").Single());
    }

    /// <summary>The release that a rollback of production returns to.</summary>
    public async Task<Digest> PreviousAsync() => Digest.Parse((await Installation.StatusAsync("production")).GetProperty("previous").GetProperty("digest").GetString()!);

    public async Task<Digest> OtherAsync() => await ServingAsync() == First ? Second : First;

    /// <summary>Runs with other words for some settings until it is disposed of.</summary>
    public IDisposable Saying(params (string Name, string Value)[] settings) => new OtherWords(Installation.Environment, settings);

    /// <summary>Sees to it that production serves the second release and that a rollback returns to the first, with the images of both on the host, whatever tests before left.</summary>
    public async Task ServeSecondAfterFirstAsync()
    {
        await ServeAsync(First);
        await ServeAsync(Second);
    }

    /// <summary>Sees to it that production serves a release.</summary>
    public async Task ServeAsync(Digest digest)
    {
        if (await ServingAsync() != digest)
            (await PromoteAsync(digest)).Expect(0);
    }

    /// <summary>One more release, rehearsed on staging, that production's host has never seen.</summary>
    public async Task<Digest> NextAsync() => await RehearseAsync(await Variants.GoodAsync(CancellationToken.None));

    /// <summary>One more release with a layer that production's host has never seen, with evidence as if staging had.</summary>
    public async Task<Digest> UnseenAsync()
    {
        var digest = await Variants.WithBytesAsync(UnseenBytes, CancellationToken.None);
        var release = await Installation.Store.ReadReleaseAsync(digest, CancellationToken.None);
        await Door.SayTestedAsync(release, CancellationToken.None);
        await Door.SayRehearsedAsync(release, CancellationToken.None);
        return digest;
    }

    /// <summary>Deploys to staging, which asks for no evidence.</summary>
    public Task<RunResult> StageAsync(Digest digest) => Installation.RunAsync("--target", "DeployStaging", "--release", digest.Value);

    /// <summary>The side of an environment that has the traffic.</summary>
    public async Task<string> ColourAsync(string environment) =>
        (await Installation.StatusAsync(environment)).GetProperty("instances").EnumerateArray().First(instance => instance.GetProperty("weight").GetInt32() > 0).GetProperty("id").GetString()!.Split('-')[1];

    /// <summary>The digests under which the images of an environment's running instances, of one side or of both, were pulled, as their engine knows them.</summary>
    public static async Task<IReadOnlyList<string>> RunningAsync(TestEngine engine, string environment, string? colour = null)
    {
        List<string> filters = ["--filter", "label=pipeline.role=instance", "--filter", $"label=pipeline.environment={environment}"];
        if (colour is not null)
            filters.AddRange(["--filter", $"label=pipeline.colour={colour}"]);
        var digests = new List<string>();
        foreach (var container in Lines(await engine.RunAsync(["ps", "--quiet", .. filters])))
        {
            var image = (await engine.RunAsync("inspect", "--format", "{{.Image}}", container)).Trim();
            var names = JsonSerializer.Deserialize<string[]>(await engine.RunAsync("image", "inspect", "--format", "{{json .RepoDigests}}", image))!;
            digests.AddRange(names.Select(name => name[(name.IndexOf('@', StringComparison.Ordinal) + 1)..]));
        }
        return digests;
    }

    /// <summary>Another service's clone with a ledger of its own, which knows the same releases and puts both its environments onto production's host.</summary>
    public Installation Neighbour(string service)
    {
        var neighbour = new Installation(Installation);
        Prepare(neighbour);
        neighbour.Environment["PIPELINE_SERVICE"] = service;
        neighbour.Environment["PIPELINE_STAGING_HOST"] = ProductionHost.Endpoint;
        neighbour.Environment["PIPELINE_TRUSTED_KEYS"] = Path.Combine(Installation.Home, "keys", "signing.pub.pem");
        return neighbour;
    }

    /// <summary>Holds what must be true after everything: production is healthy, runs the release, and no deployment is left unfinished.</summary>
    public async Task ExpectServingAsync(Digest digest)
    {
        var production = await Installation.StatusAsync("production");
        Assert.Equal("healthy", production.GetProperty("state").GetString());
        Assert.Equal(digest.Value, production.GetProperty("release").GetProperty("digest").GetString());
        Assert.Equal(digest, await ServingAsync());
        Assert.All(await Door.HistoryAsync("production", CancellationToken.None), deployment => Assert.NotNull(deployment.Outcome));
    }

    public async ValueTask DisposeAsync()
    {
        if (door is not null)
            await door.DisposeAsync();
        await Installation.DisposeAsync();
        await docker.DisposeAsync();
    }

    internal static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private async Task PrepareAsync()
    {
        // What Debian's packages are made into is kept for the next run of any test.
        Installation.Base = await SystemImages.EnsureAsync(new DotNetRecipe());
        await SystemImages.EnsureAsync(new PostgresRecipe());
        Prepare(Installation);
    }

    private void Prepare(Installation installation)
    {
        Directory.CreateDirectory(installation.Home);
        Directory.CreateSymbolicLink(Path.Combine(installation.Home, "images"), SystemImages.Root);
        var settings = installation.Environment;
        settings["PIPELINE_ENGINE"] = "docker";
        settings["PIPELINE_BASE_IMAGE"] = Path.Combine(SystemImages.Root, "base");
        settings["PIPELINE_STAGING_HOST"] = StagingHost.Endpoint;
        settings["PIPELINE_PRODUCTION_HOST"] = ProductionHost.Endpoint;
        settings["PIPELINE_REGISTRY"] = $"{Registry.Address}/shop";
        settings["PIPELINE_INSECURE_REGISTRY"] = Registry.Address;
    }

    private async Task<Digest> RehearseAsync(Digest digest)
    {
        await Door.SayTestedAsync(await Installation.Store.ReadReleaseAsync(digest, CancellationToken.None), CancellationToken.None);
        (await Installation.RunAsync("--target", "SmokeTest", "--release", digest.Value)).Expect(0);
        return digest;
    }

    private sealed class OtherWords : IDisposable
    {
        private readonly Dictionary<string, string> settings;
        private readonly (string Name, string? Value)[] before;

        internal OtherWords(Dictionary<string, string> settings, (string Name, string Value)[] others)
        {
            this.settings = settings;
            before = [.. others.Select(other => (other.Name, settings.GetValueOrDefault(other.Name)))];
            foreach (var (name, value) in others)
                settings[name] = value;
        }

        public void Dispose()
        {
            foreach (var (name, value) in before)
            {
                if (value is null)
                    settings.Remove(name);
                else
                    settings[name] = value;
            }
        }
    }
}
