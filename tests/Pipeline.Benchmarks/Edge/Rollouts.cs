using System.Globalization;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Control;
using Pipeline.Supervision;

namespace Pipeline.Benchmarks.Edge;

/// <summary>Deploys, rolls back and replaces a supervised edge, over and over, as a deployment does it: new instances, switch, drain, the old ones end.</summary>
internal sealed class Rollouts(ProxyStage stage) : IAsyncDisposable
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(20);
    private readonly string directory = Directory.CreateTempSubdirectory("pipeline-rollouts").FullName;
    private readonly int port = EdgeBenchmark.FreePort();
    private readonly Supervisors supervisors = new(Programs.Path("supervisor", "Pipeline.Supervisor.dll"), TimeProvider.System);
    private long token;
    private Backend? serving;

    public int Port => port;

    public int Deployments { get; private set; }

    public int Rollbacks { get; private set; }

    public int Replacements { get; private set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await Edge().EnsureRunningAsync(cancellation);
        await DeployAsync(cancellation);
    }

    /// <summary>Goes on until it is stopped, and then ends the round that it is in.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cancellation)
    {
        while (!stop.IsCancellationRequested)
        {
            await DeployAsync(cancellation);
            await ReplaceAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await supervisors.StopAsync(directory, CancellationToken.None);
        Directory.Delete(directory, recursive: true);
    }

    private async Task DeployAsync(CancellationToken cancellation)
    {
        var old = serving;
        var release = await StartReleaseAsync(old?.Colour.Other() ?? Colour.Blue, cancellation);
        if (old is null)
        {
            await ApplyAsync(cancellation, release);
        }
        else
        {
            await ApplyAsync(cancellation, old, release with { Weight = 0 });
            await SwitchAsync(old, release, cancellation);
            await SwitchAsync(release, old, cancellation);
            Rollbacks++;
            await SwitchAsync(old, release, cancellation);
            await ApplyAsync(cancellation, release);
            await stage.StopAsync(old.Destinations[0].Instance);
        }
        serving = release;
        Deployments++;
    }

    private async Task SwitchAsync(Backend old, Backend next, CancellationToken cancellation)
    {
        await ApplyAsync(cancellation, old with { Weight = 0 }, next);
        if (await Edge().DrainAsync(old.Colour, DrainTimeout, cancellation) is > 0 and var left)
            throw new InvalidOperationException($"{left} requests are still on {old.Colour} {DrainTimeout.TotalSeconds} s after the switch");
    }

    /// <summary>Another setting makes the supervisor replace the worker, as a new version of the program does.</summary>
    private async Task ReplaceAsync(CancellationToken cancellation)
    {
        Replacements++;
        await Edge().EnsureRunningAsync(cancellation);
    }

    private async Task<Backend> StartReleaseAsync(Colour colour, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"release{Deployments + 1}");
        var address = new Uri($"http://127.0.0.1:{await stage.StartBackendAsync(name, cancellation)}");
        var digest = Digest.Parse($"sha256:{(Deployments + 1).ToString("x64", CultureInfo.InvariantCulture)}");
        return new Backend(colour, digest, 100, [new Destination(name, address)]);
    }

    private Task ApplyAsync(CancellationToken cancellation, params Backend[] backends) =>
        Edge().ApplyAsync(new EdgeRoutes(backends), new FencingToken(++token), cancellation);

    private SupervisedEdge Edge() => new(
        "benchmark", directory, new Uri($"http://127.0.0.1:{port}"), Programs.Path("edge", "Pipeline.Edge.dll"), supervisors, TimeProvider.System,
        new EdgeSettings { ProbePath = "/", ProbeInterval = TimeSpan.FromMilliseconds(1000 + (Replacements % 2)) });
}
