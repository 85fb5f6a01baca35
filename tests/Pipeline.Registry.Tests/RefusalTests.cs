using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Pipeline.Artifacts.Registry;
using Pipeline.Registry.Tests.Servers;
using Pipeline.Testing;
using Pipeline.Testing.Registries;

namespace Pipeline.Registry.Tests;

/// <summary>Registries that say no, for a moment or for good.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task What_passes_is_tried_again(int status)
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        using var there = new Site();
        front.Behave = Once(status);
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{front.Host}/shop", new PushSettings { Tag = "1.2.3" });
        await there.PullAsync($"{front.Host}/shop:1.2.3");
        await there.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
        Assert.Contains(here.Log.Lines, line => line.Contains($" answers {status} ", StringComparison.Ordinal) && line.Contains("; tried again in ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pause_that_a_registry_asks_for_is_kept()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var asked = 0;
        front.Behave = (context, pass) => Interlocked.Increment(ref asked) == 1 ? SayAsync(context, 429, "1") : pass();
        using var there = new Site();
        await there.PullAsync($"{front.Host}/shop@{artifact.Digest}");
        Assert.Contains(there.Log.Lines, line => line.EndsWith("; tried again in 1.0 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_asks_for_too_long_a_pause_is_not_waited_for()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        front.Behave = (context, _) => SayAsync(context, 429, "3600");
        using var here = new Site();
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{front.Host}/shop:1"));
        Assert.Equal($"registry {front.Host}, repository shop, asks to be left alone for 3600 s (429 TOOMANYREQUESTS: it is too much); run again then", refusal.Message);
        Assert.Equal(HttpStatusCode.TooManyRequests, refusal.Status);
        Assert.False(refusal.IsTransient);
    }

    [Fact]
    public async Task A_registry_that_never_recovers_is_given_up_after_the_attempts()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        var asked = 0;
        front.Behave = (context, _) =>
        {
            Interlocked.Increment(ref asked);
            return SayAsync(context, 503, null);
        };
        using var here = new Site(settings => settings with { Attempts = 3 });
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{front.Host}/shop:1"));
        Assert.Equal($"registry {front.Host}, repository shop, answers 503 TOOMANYREQUESTS: it is too much; see its log", refusal.Message);
        Assert.True(refusal.IsTransient);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Somebody_without_the_right_is_told_whose_it_is()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        front.Behave = (context, pass) => context.Request.Method == "POST" ? SayAsync(context, 403, null) : pass();
        using var here = new Site();
        var artifact = await here.BuildAsync();
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PushAsync(artifact.Digest, $"{front.Host}/shop"));
        Assert.Equal(
            $"registry {front.Host} does not let anybody without credentials push to shop (403); ask its owner for that right, or run docker login {front.Host} as somebody who has it", refusal.Message);
    }

    [Fact]
    public async Task What_is_no_registry_is_named()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        front.Behave = (context, _) => context.Response.WriteAsync("<html>welcome</html>", context.RequestAborted);
        using var here = new Site();
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{front.Host}/shop:1"));
        Assert.StartsWith($"registry {front.Host}, repository shop, manifest 1 is no manifest: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_named_with_its_port()
    {
        using var here = new Site(settings => settings with { Attempts = 2 });
        var port = LoopbackPort.Free();
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"127.0.0.1:{port}/shop:1"));
        Assert.Equal($"registry 127.0.0.1:{port}, repository shop, cannot be reached (Connection refused); start it, or check its name and port", refusal.Message);
        Assert.True(refusal.IsTransient);
    }

    [Fact]
    public async Task A_registry_that_falls_silent_is_asked_again()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var asked = 0;
        front.Behave = async (context, pass) =>
        {
            if (Interlocked.Increment(ref asked) == 1)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await pass();
        };
        using var there = new Site(settings => settings with { Silence = TimeSpan.FromMilliseconds(500) });
        await there.PullAsync($"{front.Host}/shop@{artifact.Digest}");
        Assert.Contains(there.Log.Lines, line => line.Contains(" has given no sign of life for too long; ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_may_keep_its_blobs_elsewhere_and_the_password_does_not_go_there()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var storage = await Front.OfAsync(registry.Host);
        await using var front = await Front.OfAsync(registry.Host);
        using var here = new Site();
        var artifact = await here.BuildAsync();
        await here.PushAsync(artifact.Digest, $"{registry.Host}/shop");
        var (seenThere, seenHere) = ("", "");
        storage.Behave = (context, pass) =>
        {
            seenThere += context.Request.Headers.Authorization;
            return pass();
        };
        front.Behave = (context, pass) =>
        {
            seenHere += context.Request.Headers.Authorization;
            if (context.Request.Headers.Authorization.Count == 0)
            {
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"x\"";
                context.Response.StatusCode = 401;
                return Task.CompletedTask;
            }
            if (!context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal))
                return pass();
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = $"http://{storage.Host}{context.Request.Path}";
            return Task.CompletedTask;
        };
        using var there = new Site();
        there.LogIn(front.Host, "somebody", "secret");
        await there.PullAsync($"{front.Host}/shop@{artifact.Digest}");
        await there.Store.VerifyAsync(artifact.Digest, TestContext.Current.CancellationToken);
        Assert.NotEqual("", seenHere);
        Assert.Equal("", seenThere);
    }

    [Fact]
    public async Task A_registry_that_sends_around_in_circles_is_given_up()
    {
        await using var registry = await LoopbackRegistry.StartAsync();
        await using var front = await Front.OfAsync(registry.Host);
        front.Behave = (context, _) =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = context.Request.Path.Value;
            return Task.CompletedTask;
        };
        using var here = new Site();
        var refusal = await Assert.ThrowsAsync<RegistryException>(() => here.PullAsync($"{front.Host}/shop:1"));
        Assert.Equal($"registry {front.Host}, repository shop, sends from one address to the next, the last being 127.0.0.1; see its configuration", refusal.Message);
    }

    /// <summary>Says no to everything the first time.</summary>
    private static Func<HttpContext, Func<Task>, Task> Once(int status)
    {
        var asked = new ConcurrentDictionary<string, bool>();
        return (context, pass) => asked.TryAdd($"{context.Request.Method} {context.Request.Path}", true) ? SayAsync(context, status, null) : pass();
    }

    private static Task SayAsync(HttpContext context, int status, string? retryAfter)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return context.Response.WriteAsync("""{"errors":[{"code":"TOOMANYREQUESTS","message":"it is too much"}]}""", context.RequestAborted);
    }
}
