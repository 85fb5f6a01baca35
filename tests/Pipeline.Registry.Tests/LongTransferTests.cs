using Microsoft.AspNetCore.Http;
using Pipeline.Registry.Tests.Servers;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>What a person sees of a transfer that takes its time, and how many blobs travel beside each other.</summary>
public sealed class LongTransferTests
{
    private const int Parallel = 3;

    [Fact]
    public async Task Blobs_travel_several_at_a_time_and_no_more_than_was_said()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        var onTheWay = new Crowd();
        front.Behave = async (context, pass) =>
        {
            using var _ = MovesABlob(context.Request) ? onTheWay.Enter() : null;
            await Task.Delay(TimeSpan.FromMilliseconds(200), context.RequestAborted);
            await pass();
        };
        using var here = new Site(settings => settings with { Parallel = Parallel });
        var artifact = await here.BuildAsync(size: 20_000, layers: 8);
        var pushed = await here.PushAsync(artifact.Digest, $"{front.Host}/shop");
        Assert.Equal(Parallel, onTheWay.TakeMost());

        using var there = new Site(settings => settings with { Parallel = Parallel });
        await there.PullAsync(pushed.Reference.ToString());
        Assert.Equal(Parallel, onTheWay.TakeMost());
        await there.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_transfer_that_takes_seconds_tells_how_far_it_is()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync(size: 3_000_000);
        await here.PushAsync(artifact.Digest, $"{front.Host}/shop");
        front.Behave = async (context, pass) =>
        {
            if (MovesABlob(context.Request))
                context.Response.Body = new SlowStream(context.Response.Body);
            await pass();
        };
        using var there = new Site();

        await there.PullAsync($"{front.Host}/shop@{artifact.Digest}");

        Assert.Contains(there.Log.Lines, line => System.Text.RegularExpressions.Regex.IsMatch(line, @$"^pulling {front.Host}/shop@{artifact.Digest}: [0-3]\.\d of 3\.0 MB$"));
    }

    private static bool MovesABlob(HttpRequest request) => request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal) && request.Method is "GET" or "PUT" or "PATCH";

    /// <summary>Counts who is there at the same time.</summary>
    private sealed class Crowd
    {
        private readonly Lock gate = new();
        private int present;
        private int most;

        public IDisposable Enter()
        {
            lock (gate)
                most = Math.Max(most, ++present);
            return new Exit(this);
        }

        public int TakeMost()
        {
            lock (gate)
            {
                var taken = most;
                most = present;
                return taken;
            }
        }

        private sealed class Exit(Crowd crowd) : IDisposable
        {
            public void Dispose()
            {
                lock (crowd.gate)
                    crowd.present--;
            }
        }
    }
}
