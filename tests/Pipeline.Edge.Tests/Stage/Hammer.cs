using System.Collections.Concurrent;
using System.Net;

namespace Pipeline.Edge.Tests.Stage;

/// <summary>Users who ask and ask, some on connections that they keep, some on a new one each time, some in HTTP/2, and note every answer that is none.</summary>
public sealed class Hammer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentDictionary<string, int> releases = new();
    private readonly HttpClient client = EdgeStage.NewClient();
    private readonly Task[] users;
    private int answers;

    public Hammer(Uri url, int keeping = 5, int renewing = 2, int multiplexing = 2, int arriving = 0)
    {
        users = [.. Enumerable.Range(0, keeping).Select(_ => AskAsync(url, HttpVersion.Version11, renew: false)), .. Enumerable.Range(0, renewing).Select(_ => AskAsync(url, HttpVersion.Version11, renew: true)),
            .. Enumerable.Range(0, multiplexing).Select(_ => AskAsync(url, HttpVersion.Version20, renew: false)),
            .. Enumerable.Range(0, arriving).Select(_ => AskAsync(url, HttpVersion.Version20, renew: true))];
    }

    public int Answers => Volatile.Read(ref answers);

    public IReadOnlyDictionary<string, int> Releases => releases;

    /// <summary>Waits until so many more requests were answered.</summary>
    public Task MoreAsync(int count)
    {
        var goal = Answers + count;
        return Eventually.HoldsAsync(() => Answers >= goal || !faults.IsEmpty, $"{count} more answers", TimeSpan.FromSeconds(60));
    }

    /// <summary>Stops and says what went wrong.</summary>
    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(users);
        // Whole: an assertion shows the beginning only.
        foreach (var fault in faults)
            TestContext.Current.TestOutputHelper?.WriteLine(fault);
        return [.. faults];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
        stop.Dispose();
    }

    private async Task AskAsync(Uri url, Version version, bool renew)
    {
        while (!stop.IsCancellationRequested)
        {
            // HTTP/2 has no word for one request alone.
            using var own = renew && version == HttpVersion.Version20 ? EdgeStage.NewClient() : null;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
                request.Headers.ConnectionClose = renew && own is null;
                using var response = await (own ?? client).SendAsync(request);
                if (!response.IsSuccessStatusCode)
                    faults.Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                releases.AddOrUpdate(response.Headers.TryGetValues("Pipeline-Release", out var values) ? values.Single() : "none", 1, (_, count) => count + 1);
                Interlocked.Increment(ref answers);
            }
            catch (HttpRequestException problem)
            {
                faults.Enqueue(problem.ToString());
            }
        }
    }
}
