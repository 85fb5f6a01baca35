using System.Globalization;
using Pipeline.Verification.Http;
using Pipeline.Verification.Watching.Judging;

namespace Pipeline.Verification.Watching.Observing;

/// <summary>Asks the critical endpoints in turn, at a steady rate whether or not they answer, by the way that users take.</summary>
internal sealed class SyntheticTraffic : IDisposable
{
    private const int MostInFlight = 5000;
    private readonly TrafficWatchOptions options;
    private readonly Uri address;
    private readonly TimeProvider time;
    private readonly EndpointCounter[] counters;
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
    private int inFlight;

    public SyntheticTraffic(Uri address, TrafficWatchOptions options, TimeProvider time)
    {
        (this.address, this.options, this.time) = (address, options, time);
        counters = [.. options.CriticalEndpoints.Select(path => new EndpointCounter(path))];
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Pipeline-Watch/1.0");
    }

    public IReadOnlyList<EndpointTally> Tallies() => [.. counters.Select(counter => counter.Tally())];

    /// <summary>Sends until stopped; requests that are on their way then are given up and not counted.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / options.RequestsPerSecond, time);
        var open = new HashSet<Task>();
        try
        {
            for (var next = 0; ; next = (next + 1) % counters.Length)
            {
                open.RemoveWhere(request => request.IsCompleted);
                if (inFlight < MostInFlight)
                    open.Add(AskAsync(counters[next], stop));
                await timer.WaitForNextTickAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(open);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task AskAsync(EndpointCounter counter, CancellationToken stop)
    {
        Interlocked.Increment(ref inFlight);
        using var late = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        var started = time.GetTimestamp();
        try
        {
            using var response = await client.GetAsync(new Uri(address, counter.Path), either.Token);
            var status = (int)response.StatusCode;
            var failure = status < 500 ? null : string.Create(CultureInfo.InvariantCulture, $"status {status}");
            counter.Count(time.GetElapsedTime(started), failure);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The watch is over; a request without an answer yet says nothing.
        }
        catch (OperationCanceledException)
        {
            counter.Count(null, string.Create(CultureInfo.InvariantCulture, $"no answer within {options.RequestTimeout.TotalSeconds:0.#} s"));
        }
        catch (HttpRequestException broken)
        {
            counter.Count(null, RequestFailure.Describe(broken));
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }
}
