using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pipeline.Benchmarks.Edge;

/// <summary>The edge beside HAProxy, nginx and plain YARP, all in front of the same server and under the same load.</summary>
internal sealed class EdgeBenchmark : IBenchmark
{
    private const int Rounds = 31;
    private const int SecondsARound = 1;

    public string Name => "edge";

    public string Title => "Edge: requests per second";

    public string Explanation =>
        "wrk on 32 kept connections asks for a 1 kB answer of one nginx worker through each proxy in turn, each a process of its own, thirty-one rounds of one second, "
        + "every other one in reverse order: the medians of the rounds, and of the ratios within each round, in which both had the same other work beside them. "
        + "The edge runs as the delivery starts it. It is held to 0.6 of HAProxy's requests per second and to a p99 no worse than that of plain YARP.";

    public async Task<BenchmarkTable> RunAsync(CancellationToken cancellation)
    {
        using var stage = new ProxyStage();
        var backend = await stage.StartBackendAsync(cancellation);
        var proxies = new Dictionary<string, int>
        {
            ["HAProxy"] = await stage.StartHaproxyAsync(backend, cancellation),
            ["nginx"] = await stage.StartNginxAsync(backend, cancellation),
            ["plain YARP"] = await stage.StartYarpAsync(backend, cancellation),
            ["edge"] = await stage.StartEdgeAsync(backend, cancellation),
        };
        var measured = proxies.Keys.ToDictionary(name => name, _ => new List<Load>());
        foreach (var port in proxies.Values)
            await Load.MeasureAsync(port, seconds: 3, cancellation);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var name in round % 2 == 0 ? proxies.Keys : proxies.Keys.Reverse())
            {
                var before = stage.ProcessorTime(name);
                var load = await Load.MeasureAsync(proxies[name], SecondsARound, cancellation);
                measured[name].Add(load with { Processor = (stage.ProcessorTime(name) - before) / load.Requests });
            }
        }
        return Table(measured);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static BenchmarkTable Table(Dictionary<string, List<Load>> measured)
    {
        var medians = measured.ToDictionary(entry => entry.Key, entry => entry.Value[0] with
        {
            PerSecond = Median(entry.Value.Select(load => load.PerSecond)),
            P99Milliseconds = Median(entry.Value.Select(load => load.P99Milliseconds)),
            Processor = TimeSpan.FromMicroseconds(Median(entry.Value.Select(load => load.Processor.TotalMicroseconds))),
        });
        var ratio = Median(measured["edge"].Zip(measured["HAProxy"], (edge, peer) => edge.PerSecond / peer.PerSecond));
        var slower = Median(measured["edge"].Zip(measured["plain YARP"], (edge, peer) => edge.P99Milliseconds / peer.P99Milliseconds));
        var rows = medians.Select(entry => (IReadOnlyList<string>)
        [
            entry.Key,
            entry.Value.PerSecond.ToString("0", CultureInfo.InvariantCulture),
            (entry.Value.PerSecond / medians["HAProxy"].PerSecond).ToString("0.00", CultureInfo.InvariantCulture),
            entry.Value.Processor.TotalMicroseconds.ToString("0.0", CultureInfo.InvariantCulture),
            entry.Value.P99Milliseconds.ToString("0.0", CultureInfo.InvariantCulture),
            measured[entry.Key].Sum(load => load.Errors).ToString(CultureInfo.InvariantCulture),
        ]);
        return new BenchmarkTable(["proxy", "requests/s", "× HAProxy", "µs of processor a request", "p99 ms", "errors"], [.. rows], string.Create(CultureInfo.InvariantCulture,
            $"Requests per second: {ratio:0.00} of HAProxy's ({(ratio >= 0.6 ? "holds" : "does not hold")} 0.6). p99: {slower:0.00} of plain YARP's ({(slower <= 1 ? "holds" : "does not hold")} 1)."));
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
