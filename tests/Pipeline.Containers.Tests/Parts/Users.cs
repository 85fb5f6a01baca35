using System.Collections.Concurrent;

namespace Pipeline.Containers.Tests.Parts;

/// <summary>Users who ask and ask, half of them on a new connection each time, and note every answer that is none.</summary>
internal sealed class Users : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> faults = new();
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private readonly Task[] users;
    private int answers;

    public Users(Uri url, int count = 8) => users = [.. Enumerable.Range(0, count).Select(number => AskAsync(url, renew: number % 2 == 0))];

    public int Answers => Volatile.Read(ref answers);

    public Task MoreAsync(int count)
    {
        var goal = Answers + count;
        return Eventually.HoldsAsync(() => Answers >= goal || !faults.IsEmpty, $"{count} more answers", TimeSpan.FromSeconds(60));
    }

    public async Task<IReadOnlyList<string>> StopAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(users);
        return [.. faults];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        client.Dispose();
        stop.Dispose();
    }

    private async Task AskAsync(Uri url, bool renew)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "/cgi-bin/ready"));
                request.Headers.ConnectionClose = renew;
                using var response = await client.SendAsync(request);
                if (!response.IsSuccessStatusCode)
                    faults.Enqueue($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                Interlocked.Increment(ref answers);
            }
            catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
            {
                faults.Enqueue(problem.ToString());
            }
        }
    }
}
