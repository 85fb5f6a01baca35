using Microsoft.AspNetCore.Http;
using Pipeline.Delivery.Ports;
using Pipeline.Testing;
using Pipeline.Verification.Readiness;

namespace Pipeline.Verification.Tests.Readiness;

public sealed class HttpReadinessProbeTests
{
    [Fact]
    public async Task An_instance_that_answers_200_is_ready()
    {
        await using var server = await WebServer.AnsweringAsync(context => context.Response.WriteAsync(context.Request.Path == "/ready" ? "database\n  reachable" : "wrong path"));

        Assert.Equal(new ProbeAnswer(Ready: true, "200 OK: database reachable"), await ProbeAsync(server.Address));
    }

    [Fact]
    public async Task An_instance_that_answers_503_is_not_ready_and_says_why()
    {
        await using var server = await WebServer.AnsweringAsync(context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("database unreachable " + new string('x', 100_000));
        });

        var answer = await ProbeAsync(server.Address);

        Assert.False(answer.Ready);
        Assert.StartsWith("503 Service Unavailable: database unreachable xxx", answer.Text, StringComparison.Ordinal);
        Assert.Equal("503 Service Unavailable: ".Length + 200 + 1, answer.Text.Length);
    }

    [Fact]
    public async Task A_redirect_is_not_ready()
    {
        await using var server = await WebServer.AnsweringAsync(context =>
        {
            context.Response.Redirect("/login");
            return Task.CompletedTask;
        });

        Assert.Equal(new ProbeAnswer(Ready: false, "302 Found"), await ProbeAsync(server.Address));
    }

    [Fact]
    public async Task Nobody_there_is_not_ready() =>
        Assert.Equal(new ProbeAnswer(Ready: false, "connection refused"), await ProbeAsync(new Uri($"http://127.0.0.1:{LoopbackPort.Free()}")));

    [Fact]
    public async Task An_instance_that_stalls_is_not_ready()
    {
        await using var server = new RawServer(RawServer.StallAsync);

        Assert.Equal(new ProbeAnswer(Ready: false, "no answer within 2 s"), await ProbeAsync(server.Address));
    }

    [Fact]
    public async Task An_instance_that_stalls_within_its_body_is_not_ready()
    {
        await using var server = new RawServer(RawServer.Answering("HTTP/1.1 200 OK\nContent-Length: 10\n\nabc", RawServer.StallAsync));

        Assert.Equal(new ProbeAnswer(Ready: false, "no answer within 2 s"), await ProbeAsync(server.Address));
    }

    [Fact]
    public async Task An_instance_that_resets_the_connection_is_not_ready()
    {
        await using var server = new RawServer(RawServer.ResetAsync);

        Assert.Equal(new ProbeAnswer(Ready: false, "connection reset"), await ProbeAsync(server.Address));
    }

    [Fact]
    public async Task An_answer_that_is_no_HTTP_is_not_ready()
    {
        await using var server = new RawServer(RawServer.Answering("SSH-2.0-OpenSSH_9.6\n"));

        Assert.False((await ProbeAsync(server.Address)).Ready);
    }

    [Fact]
    public async Task A_probe_that_is_cancelled_says_nothing()
    {
        await using var server = new RawServer(RawServer.StallAsync);
        using var probe = new HttpReadinessProbe(TimeProvider.System);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe.ProbeAsync(Environments.Instance(server.Address), cancel.Token));
    }

    private static async Task<ProbeAnswer> ProbeAsync(Uri address)
    {
        using var probe = new HttpReadinessProbe(TimeProvider.System);
        return await probe.ProbeAsync(Environments.Instance(address), TestContext.Current.CancellationToken);
    }
}
