using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Pipeline.Artifacts.Registry;
using Pipeline.Registry.Tests.Servers;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>Transfers that break off go on where they stopped.</summary>
public sealed class BrokenTransferTests
{
    private const int Size = 6_000_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_goes_on_behind_the_last_byte_that_came()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync(Size);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var ranges = new ConcurrentQueue<string>();
        front.Behave = CutLayers(artifact.Layers[0].Digest.Value, 1_000_000, ranges);
        using var there = new Site(settings => settings with { Attempts = 2 });
        var pulled = await there.PullAsync($"{front.Host}/shop@{artifact.Digest}");
        await there.Store.VerifyAsync(artifact.Digest, Cancellation);
        Assert.Equal(artifact.Size - new FileInfo(here.Blob(artifact.Digest)).Length, pulled.Received);
        // More cuts than attempts: each that brought something starts the count anew.
        Assert.True(ranges.Count >= 6, $"{ranges.Count} requests");
        Assert.Equal("", ranges.First());
        Assert.All(ranges.Skip(1), range => Assert.Matches("^bytes=[1-9][0-9]*-$", range));
    }

    [Fact]
    public async Task A_registry_that_knows_no_ranges_sends_the_blob_anew()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync(Size);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var cut = CutLayers(artifact.Layers[0].Digest.Value, 1_000_000, []);
        var asked = 0;
        front.Behave = (context, pass) =>
        {
            context.Request.Headers.Remove("Range");
            return context.Request.Path.Value!.Contains(artifact.Layers[0].Digest.Hex, StringComparison.Ordinal) && Interlocked.Increment(ref asked) == 1 ? cut(context, pass) : pass();
        };
        using var there = new Site();
        await there.PullAsync($"{front.Host}/shop@{artifact.Digest}");
        await there.Store.VerifyAsync(artifact.Digest, Cancellation);
    }

    [Fact]
    public async Task A_registry_killed_in_the_midst_of_a_pull_and_started_again_is_gone_on_with_by_the_next_run()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync(Size);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        front.Behave = Partly(artifact.Layers[0].Digest.Value, 2_000_000, registry.KillAsync);
        using var there = new Site(settings => settings with { Attempts = 2 });
        var broken = await Assert.ThrowsAsync<RegistryException>(() => there.PullAsync($"{front.Host}/shop@{artifact.Digest}"));
        Assert.True(broken.IsTransient);
        Assert.Empty(there.Store.List());
        var kept = new FileInfo(there.Partial(artifact.Layers[0].Digest)).Length;
        Assert.InRange(kept, 1, Size);

        await registry.StartAgainAsync();
        var pulled = await there.PullAsync($"{registry.Host}/shop@{artifact.Digest}");
        Assert.True(pulled.Received <= artifact.Size - kept, $"{pulled.Received} bytes came although {kept} were here");
        await there.Store.VerifyAsync(artifact.Digest, Cancellation);
    }

    [Fact]
    public async Task A_registry_killed_in_the_midst_of_a_push_and_started_again_gets_the_rest_in_the_same_run()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site(settings => settings with { PieceSize = 1_000_000 });
        var artifact = await here.BuildAsync(Size);
        var pieces = 0;
        front.Behave = async (context, pass) =>
        {
            if (context.Request.Method == "PATCH" && Interlocked.Increment(ref pieces) == 3)
            {
                await registry.KillAsync();
                Front.Cut(context);
                await registry.StartAgainAsync();
                return;
            }
            await pass();
        };
        await here.PushAsync(artifact.Digest, $"{front.Host}/shop");
        // Six pieces and the last one with PUT; the third was sent twice, and nothing else.
        Assert.Equal(7, pieces);
        await AssertWholeAsync(registry, artifact.Digest.Value);
    }

    [Fact]
    public async Task A_registry_killed_with_half_a_piece_forgets_it_and_the_blob_begins_anew()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site(settings => settings with { PieceSize = 2_000_000 });
        var artifact = await here.BuildAsync(Size);
        var pieces = 0;
        front.Behave = async (context, pass) =>
        {
            if (context.Request.Method == "PATCH" && Interlocked.Increment(ref pieces) == 2)
            {
                using var half = new MemoryStream();
                await CopyAsync(context.Request.Body, half, 1_000_000, context.RequestAborted);
                using var body = new ByteArrayContent(half.ToArray());
                using var answer = await front.SendAsync(HttpMethod.Patch, Behind(registry, context), body, context.RequestAborted);
                await registry.KillAsync();
                Front.Cut(context);
                await registry.StartAgainAsync();
                return;
            }
            await pass();
        };
        await here.PushAsync(artifact.Digest, $"{front.Host}/shop");
        await AssertWholeAsync(registry, artifact.Digest.Value);
    }

    [Fact]
    public async Task A_registry_that_forgets_an_upload_between_pieces_each_time_is_given_up_and_named()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site(settings => settings with { PieceSize = 1_000_000, Attempts = 3 });
        var artifact = await here.BuildAsync(Size);
        var begun = 0;
        front.Behave = async (context, pass) =>
        {
            if (context.Request.Method == "POST")
                Interlocked.Increment(ref begun);
            if (context.Request.Method == "PATCH" && !context.Request.Headers.ContentRange.ToString().StartsWith("0-", StringComparison.Ordinal))
                context.Response.StatusCode = 404;
            else
                await pass();
        };

        var fault = await Assert.ThrowsAsync<RegistryException>(() => here.PushAsync(artifact.Digest, $"{front.Host}/shop"));

        Assert.Contains($"has forgotten the upload of blob {artifact.Layers[0].Digest} 3 times (404); see its log: it may be restarting, or be several registries that do not share what was uploaded", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsTransient);
        Assert.InRange(begun, 3, 6);
    }

    [Fact]
    public async Task A_push_goes_on_in_the_midst_of_a_piece_where_the_registry_says_how_far_it_got()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site(settings => settings with { PieceSize = 4_000_000 });
        var artifact = await here.BuildAsync(Size);
        var session = new KeptSession(front, registry, 1_500_000);
        front.Behave = session.AnswerAsync;
        await here.PushAsync(artifact.Digest, $"{front.Host}/shop");
        Assert.Equal(["0-3999999", "1500000-5499999", $"5500000-{artifact.Layers[0].Size - 1}"], session.Ranges);
        await AssertWholeAsync(registry, artifact.Digest.Value);
    }

    [Fact]
    public async Task A_last_request_whose_answer_was_lost_is_not_an_error()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync();
        var puts = 0;
        front.Behave = async (context, pass) =>
        {
            if (context.Request.Method == "PUT" && Interlocked.Increment(ref puts) <= 2)
            {
                using var body = new StreamContent(context.Request.Body);
                foreach (var (name, values) in context.Request.Headers)
                    body.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
                using var answer = await front.SendAsync(HttpMethod.Put, Behind(registry, context), body, context.RequestAborted);
                Assert.True(answer.IsSuccessStatusCode);
                Front.Cut(context);
                return;
            }
            await pass();
        };
        await here.PushAsync(artifact.Digest, $"{front.Host}/shop");
        await AssertWholeAsync(registry, artifact.Digest.Value);
    }

    [Fact]
    public async Task Two_pulls_of_the_same_image_into_the_same_store_help_each_other()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync(Size);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => there.PullAsync($"{registry.Host}/shop@{artifact.Digest}")));
        await there.Store.VerifyAsync(artifact.Digest, Cancellation);
    }

    [Fact]
    public async Task A_pull_that_is_cancelled_shows_nothing_and_is_gone_on_with()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync(Size);
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        using var stop = new CancellationTokenSource();
        front.Behave = Partly(artifact.Layers[0].Digest.Value, 2_000_000, stop.CancelAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => there.Client.PullAsync(RegistryReference.Parse($"{front.Host}/shop@{artifact.Digest}"), there.Store, stop.Token));
        Assert.Empty(there.Store.List());
        var kept = new FileInfo(there.Partial(artifact.Layers[0].Digest)).Length;
        var pulled = await there.PullAsync($"{registry.Host}/shop@{artifact.Digest}");
        Assert.True(pulled.Received <= artifact.Size - kept);
    }

    [Fact]
    public async Task What_nobody_has_gone_on_with_for_a_week_is_taken_away_by_the_next_pull()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        using var here = new Site();
        using var there = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var (old, young) = (Path.Combine(there.StoreRoot, ".partial", new string('a', 64)), Path.Combine(there.StoreRoot, ".partial", new string('b', 64)));
        Directory.CreateDirectory(Path.GetDirectoryName(old)!);
        await File.WriteAllTextAsync(old, "begun", Cancellation);
        await File.WriteAllTextAsync(young, "begun", Cancellation);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddDays(-8));
        await there.PullAsync($"{registry.Host}/shop@{artifact.Digest}");
        Assert.False(File.Exists(old));
        Assert.True(File.Exists(young));
    }

    private static async Task AssertWholeAsync(LoopbackRegistry registry, string digest)
    {
        using var there = new Site();
        var pulled = await there.PullAsync($"{registry.Host}/shop@{digest}");
        await there.Store.VerifyAsync(pulled.Digest, Cancellation);
    }

    private static Uri Behind(LoopbackRegistry registry, HttpContext context) => new($"http://{registry.Host}{context.Request.Path}{context.Request.QueryString}");

    /// <summary>Cuts each answer with a layer after some bytes.</summary>
    private static Func<HttpContext, Func<Task>, Task> CutLayers(string digest, int bytes, ConcurrentQueue<string> ranges) => async (context, pass) =>
    {
        if (!context.Request.Path.Value!.EndsWith($"/blobs/{digest}", StringComparison.Ordinal) || context.Request.Method != "GET")
        {
            await pass();
            return;
        }
        ranges.Enqueue(context.Request.Headers.Range.ToString());
        context.Response.Body = new CutStream(context.Response.Body, bytes, () =>
        {
            Front.Cut(context);
            return Task.CompletedTask;
        });
        await pass();
    };

    /// <summary>Lets some bytes of the layer through, then has something happen, and cuts the connection.</summary>
    private static Func<HttpContext, Func<Task>, Task> Partly(string digest, int bytes, Func<Task> happen) => async (context, pass) =>
    {
        if (context.Request.Path.Value!.EndsWith($"/blobs/{digest}", StringComparison.Ordinal) && context.Request.Method == "GET")
        {
            context.Response.Body = new CutStream(context.Response.Body, bytes, async () =>
            {
                // What was let through is to arrive before the end does.
                await Task.Delay(200, CancellationToken.None);
                await happen();
                Front.Cut(context);
            });
        }
        await pass();
    };

    private static async Task CopyAsync(Stream from, Stream to, int bytes, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (bytes > 0 && await from.ReadAsync(buffer.AsMemory(0, Math.Min(buffer.Length, bytes)), cancellation) is > 0 and var read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            bytes -= read;
        }
    }

    /// <summary>A registry that keeps what came of a piece whose connection was cut, as the specification allows and the one behind does not.</summary>
    private sealed class KeptSession(Front front, LoopbackRegistry registry, int kept)
    {
        private readonly ConcurrentQueue<string> ranges = new();
        private Uri? now;

        public IReadOnlyCollection<string> Ranges => ranges;

        public async Task AnswerAsync(HttpContext context, Func<Task> pass)
        {
            if (context.Request.Headers.ContentRange.Count > 0)
                ranges.Enqueue(context.Request.Headers.ContentRange.ToString());
            if (context.Request.Method == "PATCH" && now is null)
            {
                using var half = new MemoryStream();
                await CopyAsync(context.Request.Body, half, kept, context.RequestAborted);
                using var body = new ByteArrayContent(half.ToArray());
                using var answer = await front.SendAsync(HttpMethod.Patch, Behind(registry, context), body, context.RequestAborted);
                now = answer.Headers.Location!;
                Front.Cut(context);
            }
            else if (context.Request.Method == "GET" && context.Request.Path.Value!.Contains("/blobs/uploads/", StringComparison.Ordinal))
            {
                using var answer = await front.SendAsync(HttpMethod.Get, now!, null, context.RequestAborted);
                Assert.Equal($"0-{kept - 1}", answer.Headers.GetValues("Range").Single());
                await front.AnswerAsync(context, answer);
            }
            else
            {
                await pass();
            }
        }
    }
}
