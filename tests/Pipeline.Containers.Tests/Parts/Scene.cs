using System.Diagnostics;
using System.Globalization;
using Pipeline.Containers.Databases;
using Pipeline.Containers.Sandboxes;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Control;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Containers.Tests.Parts;

/// <summary>An environment of a service that only one test knows, on a test's engine.</summary>
internal sealed class Scene(StageImages images, TestEngine engine) : IAsyncDisposable
{
    private readonly List<EnvironmentStage> stages = [];
    private long token;

    public static Digest Release { get; } = Digest.Parse("sha256:" + new string('a', 64));

    public TestEngine Engine => engine;

    public string Service { get; init; } = $"t{Guid.NewGuid():N}"[..8];

    public string Environment { get; init; } = "staging";

    public int Port { get; init; } = Random.Shared.Next(20_000, 60_000);

    public EnvironmentScope Scope => new(Service, Environment);

    /// <summary>How users come to the edge; null for what is usual.</summary>
    public Entrance? Entrance { get; set; }

    public Uri Url => new($"http://{engine.Address}:{Port}");

    public async Task<StageSettings> SettingsAsync() => new()
    {
        Scope = Scope,
        Hosts = DockerHosts.Parse(engine.Endpoint, "--staging-host"),
        Port = Port,
        EdgeImage = await images.EdgeAsync(engine),
        Entrance = Entrance,
    };

    /// <summary>The stage as another run of the build program would make it.</summary>
    public async Task<EnvironmentStage> OpenAsync(EdgeSettings? edge = null) => StageOf(await SettingsAsync() with { Edge = edge ?? new() });

    /// <summary>The same, where the edge's image cannot be had.</summary>
    public async Task<EnvironmentStage> OpenWithoutImageAsync() => StageOf(await SettingsAsync() with { EdgeImage = new NoImage() });

    public async Task<DatabaseContainer> DatabaseAsync(EnvironmentStage stage, Func<DatabaseSettings, DatabaseSettings>? change = null)
    {
        var settings = new DatabaseSettings { Image = await images.PostgresAsync(engine), Database = "shop" };
        return new(stage, await SettingsAsync(), change?.Invoke(settings) ?? settings, TimeProvider.System);
    }

    public async Task<SandboxContainer> SandboxAsync(EnvironmentStage stage) =>
        new(stage, await SettingsAsync(), new() { Image = await images.SandboxAsync(engine), PaymentMode = "test", HttpPort = Random.Shared.Next(20_000, 60_000) });

    /// <summary>Starts a web server in the environment's network and returns its address there.</summary>
    public async Task<Uri> StartInstanceAsync()
    {
        await SmallImage.MakeAsync(engine, "small:test", "small");
        var name = Scope.Container("web");
        var labels = Scope.Labels.Append(new(ScopeLabels.Role, "instance")).SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" });
        await engine.RunAsync(["run", "--detach", "--name", name, "--network", Scope.Network, .. labels, "small:test"]);
        var address = await engine.RunAsync("inspect", "--format", $"{{{{(index .NetworkSettings.Networks \"{Scope.Network}\").IPAddress}}}}", name);
        return new Uri($"http://{address.Trim()}:8080");
    }

    public Task RouteAsync(EnvironmentStage stage, Uri instance) => stage.Edge.ApplyAsync(
        new EdgeRoutes([new(Colour.Blue, Release, 100, [new Destination("web", instance)])]), new FencingToken(++token), TestContext.Current.CancellationToken);

    /// <summary>The names of the environment's running containers without the beginning that all share.</summary>
    public async Task<IReadOnlyList<string>> RunningAsync() =>
        [.. (await engine.RunAsync(["ps", .. Scope.Filters, "--format", "{{.Names}}"])).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name[(Scope.Prefix.Length + 1)..]).Order(StringComparer.Ordinal)];

    /// <summary>kill -9 of a container's first process, as the kernel would do it: an order to the engine would count as the wish that it stays away.</summary>
    public async Task KillAsync(string container)
    {
        using var process = Process.GetProcessById(int.Parse(await engine.RunAsync("inspect", "--format", "{{.State.Pid}}", container), CultureInfo.InvariantCulture));
        process.Kill();
    }

    /// <summary>Waits until the engine has started a container anew so often.</summary>
    public Task RestartedAsync(string container, int times) => Eventually.HoldsAsync(
        async () => (await engine.RunAsync("inspect", "--format", "{{.RestartCount}} {{.State.Status}}", container)).Trim() == $"{times} running", $"{container} is started anew");

    /// <summary>Waits until users get an answer, each asking anew: one that asked while nothing was there asks its network again only after longer and longer pauses.</summary>
    public async Task AnswersAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Url, "/cgi-bin/ready"), TestContext.Current.CancellationToken);
                return answer.IsSuccessStatusCode;
            }
            catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }, "it answers again", TimeSpan.FromSeconds(60));
    }

    private EnvironmentStage StageOf(StageSettings settings)
    {
        var stage = new EnvironmentStage(settings, TimeProvider.System);
        stages.Add(stage);
        return stage;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stage in stages)
            await stage.DisposeAsync();
    }
}
