using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Pipeline.Edge.Forwarding;

namespace Pipeline.Edge.Health;

/// <summary>Asks one instance for as long as it is routed, each time on a new connection.</summary>
internal sealed class Prober(string prefix, HealthVerdict verdict, EdgeServices services)
{
    [SuppressMessage("Security", "CA5394", Justification = "Spreads probes over time; guards nothing.")]
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var invoker = UpstreamConnections.CreateForProbes(services.Settings);
        while (!cancellation.IsCancellationRequested)
        {
            await ProbeAsync(invoker, cancellation);
            var pause = services.Settings.ProbeInterval * (0.9 + (0.2 * Random.Shared.NextDouble()));
            await Task.Delay(pause, services.Time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ProbeAsync(HttpMessageInvoker invoker, CancellationToken cancellation)
    {
        var started = services.Time.GetTimestamp();
        using var limit = new CancellationTokenSource(services.Settings.ProbeTimeout, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, prefix + services.Settings.ProbePath)
            {
                Version = services.Settings.BackendVersion,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Headers.TryAddWithoutValidation("User-Agent", "pipeline-edge-probe");
            using var response = await invoker.SendAsync(request, either.Token);
            var answer = $"{(int)response.StatusCode} in {services.Time.GetElapsedTime(started).TotalMilliseconds:0} ms";
            if (response.IsSuccessStatusCode)
                verdict.Good(answer);
            else
                verdict.Bad(answer);
        }
        catch (OperationCanceledException)
        {
            if (!cancellation.IsCancellationRequested)
                verdict.Bad($"no answer within {services.Settings.ProbeTimeout.TotalSeconds} s");
        }
        catch (HttpRequestException problem) when (problem.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            verdict.Unreachable("connection refused");
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            verdict.Bad(problem.InnerException?.Message ?? problem.Message);
        }
    }
}
