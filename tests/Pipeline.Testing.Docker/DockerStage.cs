using System.Globalization;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Networks;
using Pipeline.Testing.Docker.Registries;
using Xunit;

namespace Pipeline.Testing.Docker;

/// <summary>
/// Docker hosts and registries for a test run, each engine in a network namespace of its own with its own disk; nothing of the machine's own Docker is touched.
/// Use it as an assembly fixture: <c>[assembly: AssemblyFixture(typeof(DockerStage))]</c>. All of it is gone after the run; what a killed run left behind the
/// next one clears away.
/// </summary>
public sealed class DockerStage : IAsyncLifetime
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly List<TestEngine> engines = [];
    private readonly List<TestRegistry> registries = [];
    private StageFolder? folder;
    private StageNetwork? network;
    private TestEngine? shared;
    private TestEngine? second;
    private TestRegistry? registry;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The host that tests share; they keep apart by the names of their services.</summary>
    public Task<TestEngine> EngineAsync() => OnceAsync(() => shared, async () => shared = await AddEngineAsync(new()));

    /// <summary>Another shared host on the same network.</summary>
    public Task<TestEngine> SecondEngineAsync() => OnceAsync(() => second, async () => second = await AddEngineAsync(new()));

    /// <summary>The registry that tests share; they keep apart by the names of their repositories.</summary>
    public Task<TestRegistry> RegistryAsync() => OnceAsync(() => registry, async () => registry = await AddRegistryAsync());

    /// <summary>A host for one test alone: to kill, to fill up, to let run on without its engine. It lasts until the end of the run.</summary>
    public Task<TestEngine> StartEngineAsync(TestEngineOptions options) => OnceAsync(() => null, () => AddEngineAsync(options));

    /// <summary>A registry for one test alone.</summary>
    public Task<TestRegistry> StartRegistryAsync() => OnceAsync(() => null, AddRegistryAsync);

    public async ValueTask DisposeAsync()
    {
        if (folder is null)
            return;
        await Task.WhenAll(engines.Select(engine => engine.StopAsync()).Concat(registries.Select(each => each.StopAsync())));
        using (await MachineLock.TakeAsync())
            await EngineRemains.ClearAsync(folder);
        folder.Dispose();
        gate.Dispose();
    }

    private async Task<T> OnceAsync<T>(Func<T?> present, Func<Task<T>> make)
        where T : class
    {
        StagePrograms.Require();
        await gate.WaitAsync();
        try
        {
            if (present() is { } found)
                return found;
            await SetUpAsync();
            return await make();
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task SetUpAsync()
    {
        if (network is not null)
            return;
        using var alone = await MachineLock.TakeAsync();
        foreach (var abandoned in StageFolder.Abandoned())
        {
            await EngineRemains.ClearAsync(abandoned);
            abandoned.Dispose();
        }
        folder = StageFolder.Create();
        var created = new StageNetwork(folder.Id);
        await created.CreateAsync();
        network = created;
    }

    private async Task<TestEngine> AddEngineAsync(TestEngineOptions options)
    {
        var space = await network!.AddAsync();
        var home = Directory.CreateDirectory(Path.Combine(folder!.Path, string.Create(CultureInfo.InvariantCulture, $"e{engines.Count + 1}"))).FullName;
        var process = new EngineProcess(home, space.Name, await EngineArguments.OfAsync(home, folder.Id, space, network.Gateway, options));
        var engine = new TestEngine(home, space, process);
        engines.Add(engine);
        await engine.StartAsync();
        return engine;
    }

    private async Task<TestRegistry> AddRegistryAsync()
    {
        var home = Path.Combine(folder!.Path, string.Create(CultureInfo.InvariantCulture, $"r{registries.Count + 1}"));
        var added = new TestRegistry(home, network!.Gateway, LoopbackPort.Free());
        registries.Add(added);
        await added.StartAsync();
        return added;
    }
}
