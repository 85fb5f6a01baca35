using Microsoft.AspNetCore.Http;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Verification.Tests.Watching;

/// <summary>A web server that counts its requests as an edge does for a side.</summary>
internal sealed class CountingEdge(RequestDelegate answer) : IEdge, IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly long[] buckets = new long[3];
    private DateTimeOffset since = DateTimeOffset.UnixEpoch;
    private double milliseconds;
    private long requests;
    private long failures;
    private WebServer? server;

    public Uri Address => server!.Address;

    public bool Healthy { get; set; } = true;

    /// <summary>What is thrown instead of an answer.</summary>
    public Exception? Broken { get; set; }

    public async Task<CountingEdge> StartAsync()
    {
        server = await WebServer.AnsweringAsync(ServeAsync);
        return this;
    }

    public void StartCountingAnew()
    {
        lock (gate)
        {
            (since, requests, failures, milliseconds) = (since.AddDays(1), 0, 0, 0);
            Array.Clear(buckets);
        }
    }

    public Task<EdgeStatus?> ObserveAsync(CancellationToken cancellation)
    {
        if (Broken is not null)
            return Task.FromException<EdgeStatus?>(Broken);
        lock (gate)
        {
            var traffic = new TrafficCounters(since, requests, failures, new LatencyHistogram([100, 1000], [.. buckets], milliseconds));
            var destination = new DestinationStatus("staging-blue-1", Address, Healthy, Healthy ? "200 in 1 ms" : "connection refused");
            return Task.FromResult<EdgeStatus?>(new EdgeStatus(since, 1, [new BackendStatus(Colour.Blue, Environments.Digest, 100, 0, traffic, [destination])]));
        }
    }

    public Task EnsureRunningAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task ApplyAsync(EdgeRoutes routes, FencingToken token, CancellationToken cancellation) => throw new NotSupportedException("a watch changes no routes");

    public Task<int> DrainAsync(Colour colour, TimeSpan atMost, CancellationToken cancellation) => throw new NotSupportedException("a watch drains nothing");

    public PrivateRoute PrivateRouteTo(Colour colour) => throw new NotSupportedException("a watch takes the way of users");

    public ValueTask DisposeAsync() => server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task ServeAsync(HttpContext context)
    {
        var started = TimeProvider.System.GetTimestamp();
        await answer(context);
        var took = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        lock (gate)
        {
            requests++;
            failures += context.Response.StatusCode >= 500 ? 1 : 0;
            milliseconds += took;
            buckets[took <= 100 ? 0 : took <= 1000 ? 1 : 2]++;
        }
    }
}
