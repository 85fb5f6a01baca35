using System.Diagnostics;
using System.Text.Json;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Provenance;
using Pipeline.Artifacts.Sbom;
using Pipeline.Artifacts.Signing;
using Pipeline.Delivery.Releases;
using Pipeline.Supervision;

namespace Pipeline.EndToEnd.Installations;

/// <summary>
/// A clone of this repository with a state folder and ports of its own, driven as a user drives it: through <c>./build.sh</c>. Evidence, artifacts and the
/// compiled build program of the surrounding checkout come along, so that what was tested and built there is not tested and built again.
/// </summary>
public sealed class Installation : IAsyncDisposable
{
    private readonly string root = Path.Combine(Path.GetTempPath(), $"pipeline e2e {Guid.NewGuid():N}"[..24]);

    /// <param name="sibling">The installation to clone; the surrounding checkout when there is none.</param>
    /// <param name="home">Where its state lies; below the clone when not given.</param>
    public Installation(Installation? sibling = null, string? home = null)
    {
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, (UnixFileMode)Convert.ToInt32("755", 8));
        Commands.Run("git", Path.GetTempPath(), "clone", "--quiet", sibling?.Repository ?? Surroundings.Repository, Repository);
        Home = home ?? Path.Combine(Repository, ".pipeline");
        Environment = new()
        {
            ["PIPELINE_STAGING_PORT"] = $"{StagingPort}",
            ["PIPELINE_PRODUCTION_PORT"] = $"{ProductionPort}",
            ["PIPELINE_WATCH"] = "2s",
        };
        if (home is not null)
            Environment["PIPELINE_HOME"] = home;
        var origin = sibling?.Home ?? Surroundings.Home;
        foreach (var folder in new[] { "evidence", "artifacts" })
            Folders.Copy(Path.Combine(origin, folder), Path.Combine(Home, folder));
        CopyBuildProgram(origin);
    }

    public string Repository => Path.Combine(root, "repo");

    public string Home { get; }

    public int StagingPort { get; } = LoopbackPort.Free();

    public int ProductionPort { get; } = LoopbackPort.Free();

    public Uri Staging => new($"http://127.0.0.1:{StagingPort}");

    public Uri Production => new($"http://127.0.0.1:{ProductionPort}");

    public Dictionary<string, string> Environment { get; }

    /// <summary>What its artifacts are built upon; null for nothing.</summary>
    public BaseImage? Base { get; set; }

    public ArtifactStore Store => new(Path.Combine(Home, "artifacts"));

    /// <summary>Runs <c>./build.sh</c> to its end.</summary>
    public async Task<RunResult> RunAsync(params string[] arguments)
    {
        await using var run = Start(arguments);
        return await run.EndAsync();
    }

    /// <summary>Starts <c>./build.sh</c> and leaves it running.</summary>
    public BuildRun Start(params string[] arguments) => new(Process.Start(BuildProcess.Describe(Repository, arguments, Environment))!);

    /// <summary>Starts <c>./build.sh</c> at a terminal where somebody sits, who types what is given to <see cref="BuildRun.TypeAsync"/>.</summary>
    public BuildRun StartAtTerminal(params string[] arguments) => new(Process.Start(BuildProcess.AtTerminal(BuildProcess.Describe(Repository, arguments, Environment)))!);

    /// <summary>The artifact of the commit that is checked out, built when it was not.</summary>
    public async Task<Digest> BuildAsync()
    {
        (await RunAsync("--target", "BuildImage")).Expect(0);
        var commit = Commands.Run("git", Repository, "rev-parse", "HEAD").Trim();
        var digest = Store.List().Last(artifact => artifact.Commit == commit && !artifact.Version.Contains("variant", StringComparison.Ordinal)).Digest;
        await SealAsync(digest);
        return digest;
    }

    /// <summary>
    /// Says of an artifact what is in it and where it came from, under this installation's own key. The pipeline says so of what it linted and tested itself,
    /// which these tests do not do once more.
    /// </summary>
    public async Task SealAsync(Digest digest)
    {
        var store = Store;
        var artifact = await store.VerifyAsync(digest, CancellationToken.None);
        if ((await store.ListReferrersAsync(digest, CancellationToken.None)).All(attachment => attachment.ArtifactType != BillOfMaterials.ArtifactType))
            await store.AttachAsync(digest, await BillOfMaterials.ListAsync(store, digest, assetsFile: null, CancellationToken.None), CancellationToken.None);
        var build = new BuildRecord
        {
            BuilderId = "urn:pipeline:builder:end-to-end-tests",
            BuildType = "urn:pipeline:build:variant:1",
            ExternalParameters = new Dictionary<string, string>(),
            Materials = [new(null, Material.GitCommit, artifact.Commit)],
            InvocationId = Guid.NewGuid().ToString("N"),
            SealedAt = TimeProvider.System.GetUtcNow(),
        };
        await BuildProvenance.SealAsync(store, digest, build, new SigningKeyFolder(Path.Combine(Home, "keys")).ReadOrMake(_ => { }), CancellationToken.None);
    }

    public async Task<JsonElement> StatusAsync(string environment)
    {
        var result = (await RunAsync("--target", "Status", "--json")).Expect(0);
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.GetProperty("environments").EnumerateArray().Single(each => each.GetProperty("name").GetString() == environment).Clone();
    }

    public async Task<string> StateAsync(string environment) => (await StatusAsync(environment)).GetProperty("state").GetString()!;

    /// <summary>The release that users of production get now, by the header of its answers.</summary>
    public async Task<Digest> ServingAsync()
    {
        using var client = new HttpClient { BaseAddress = Production, Timeout = TimeSpan.FromSeconds(30) };
        using var answer = await client.GetAsync(new Uri("/version", UriKind.Relative));
        return Digest.Parse(answer.Headers.GetValues("Pipeline-Release").Single());
    }

    public string EnvironmentFolder(string environment) => Path.Combine(Home, "environments", environment);

    /// <summary>Where its databases keep their data, which may lie outside of its folder.</summary>
    public IReadOnlyList<string> ClusterFolders() =>
    [
        .. Directory.EnumerateFiles(Home, "cluster.json", SearchOption.AllDirectories).Select(file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            return Path.Combine(Path.GetDirectoryName(file)!, document.RootElement.GetProperty("location").GetString()!);
        }),
    ];

    /// <summary>The supervised processes of this installation, once it has run.</summary>
    public Supervisors Supervisors() => new(
        Directory.EnumerateFiles(Path.Combine(Home, "programs", "supervisor"), "Pipeline.Supervisor.dll", SearchOption.AllDirectories).First(), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Path.Combine(Home, "programs")))
            (await RunAsync("--target", "Down", "--delete-data", "true")).Expect(0);
        if (System.Environment.GetEnvironmentVariable("PIPELINE_TEST_KEEP") != "1")
            Directory.Delete(root, recursive: true);
    }

    private void CopyBuildProgram(string origin)
    {
        var pointer = Path.Combine(origin, "build", "current");
        if (!File.Exists(pointer))
            return;
        var program = File.ReadLines(pointer).First();
        Folders.Copy(Path.Combine(origin, "build", program), Path.Combine(Home, "build", program));
        Directory.CreateDirectory(Path.Combine(Home, "build", "running"));
        File.Copy(pointer, Path.Combine(Home, "build", "current"));
    }
}
