using System.Collections.Concurrent;

namespace Pipeline.EndToEnd.Installations;

/// <summary>A user who keeps asking while things go wrong, over connections that are kept and over new ones, and who counts every answer that is none.</summary>
public sealed class Witness : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private readonly CancellationTokenSource stop = new();
    private readonly Task[] asking;
    private long answers;

    public Witness(Uri address)
    {
        asking = [.. new[] { "/", "/version", "/api/products" }.SelectMany(path => new[] { AskAsync(new(address, path), keep: true), AskAsync(new(address, path), keep: false) })];
    }

    public long Answers => Interlocked.Read(ref answers);

    public ConcurrentBag<string> Failures { get; } = [];

    /// <summary>Stops asking, and fails when any answer was missing or too few came to mean anything.</summary>
    public async Task ExpectServedAllTheWayAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(asking);
        Assert.True(Failures.IsEmpty, $"{Failures.Count} of {Answers + Failures.Count} requests failed: {string.Join("; ", Failures.Take(5))}");
        Assert.True(Answers > 50, $"only {Answers} requests were made");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(asking);
        stop.Dispose();
    }

    private async Task AskAsync(Uri address, bool keep)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.ConnectionClose = !keep;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var answer = await client.GetAsync(address, CancellationToken.None);
                if ((int)answer.StatusCode < 500)
                    Interlocked.Increment(ref answers);
                else
                    Failures.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {address.AbsolutePath} {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                Failures.Add($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {address.AbsolutePath} {failure.Message} {failure.InnerException?.Message}");
            }
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
