using System.Diagnostics;
using Pipeline.Delivery.Releases;

namespace Pipeline.Benchmarks.Delivering;

/// <summary>Asks at the public port without a pause and notes when answers begin to come from another release.</summary>
internal sealed class User : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly CancellationTokenSource end = new();
    private readonly Task asking;
    private volatile Wait? wait;

    public User(Uri url)
    {
        client = new HttpClient { BaseAddress = url };
        asking = Task.Run(AskAsync);
    }

    public long Requests { get; private set; }

    public long Failures { get; private set; }

    /// <summary>The time, as of <see cref="Stopwatch.GetTimestamp"/>, of the first answer of a release from now on.</summary>
    public Task<long> FirstAnswerOf(Digest release)
    {
        var next = new Wait(release.Value, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        wait = next;
        return next.Arrived.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await asking;
        client.Dispose();
        end.Dispose();
    }

    private async Task AskAsync()
    {
        while (!end.IsCancellationRequested)
        {
            var release = await AskOnceAsync();
            Requests++;
            if (release is null)
                Failures++;
            else if (wait is { } waiting && waiting.Release == release)
                waiting.Arrived.TrySetResult(Stopwatch.GetTimestamp());
            // A user among others, not a load that the machine has to carry.
            await Task.Delay(1);
        }
    }

    private async Task<string?> AskOnceAsync()
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative));
            return answer.IsSuccessStatusCode ? answer.Headers.GetValues("Pipeline-Release").Single() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private sealed record Wait(string Release, TaskCompletionSource<long> Arrived);
}
