using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Hosts;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Engines;

namespace Pipeline.Engines.Tests.Docker;

public sealed class DockerHostTests(DockerStage stage) : IDisposable
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;
    private readonly TemporaryDirectory folder = new();

    [Theory]
    [InlineData("unix:///run/docker.sock", true)]
    [InlineData("unix:///run/other.sock?address=10.9.0.2", true)]
    [InlineData("ssh://deploy@shop-1", false)]
    [InlineData("shop-1?address=10.9.0.2", false)]
    public void Only_a_socket_is_of_this_machine_for_certain(string text, bool expected) => Assert.Equal(expected, DockerHosts.Parse(text, "--production-host").Single().IsLocal);

    [Fact]
    public void Sockets_ssh_and_contexts_are_read_with_the_address_of_their_published_ports()
    {
        var hosts = DockerHosts.Parse("unix:///run/docker.sock, ssh://deploy@shop-1:2222?address=10.0.0.6 production-2?address=10.0.0.7", "--production-host");

        Assert.Equal(["unix:///run/docker.sock", "ssh://deploy@shop-1:2222", "production-2"], hosts.Select(host => host.Name));
        Assert.Equal(["127.0.0.1", "10.0.0.6", "10.0.0.7"], hosts.Select(host => host.Address));
        Assert.Equal([null, null, "production-2"], hosts.Select(host => host.Context));
    }

    [Fact]
    public void Every_fault_of_every_host_is_told_at_once()
    {
        var fault = Assert.Throws<DeliveryException>(() =>
            DockerHosts.Parse("http://shop-1, unix:docker.sock, ssh://root:s3cret@shop-2, tcp://shop-3:2376?certificates=/nowhere, -x, unix:///a?port=1, unix:///a", "--staging-host"));

        Assert.Equal(
            """
            --staging-host: http://shop-1: a Docker host is unix://…, tcp://…, ssh://… or the name of a context; write one of them
            --staging-host: unix:docker.sock: no name of a Docker context; use one that docker context ls lists, or write unix://, tcp:// or ssh://
            --staging-host: ssh://shop-2: a password has no place here; use a key
            --staging-host: tcp://shop-3:2376: /nowhere lacks ca.pem, cert.pem, key.pem; put the client's certificate there, or name its folder with tcp://shop-3:2376?certificates=/folder
            --staging-host: -x: no name of a Docker context; use one that docker context ls lists, or write unix://, tcp:// or ssh://
            --staging-host: unix:///a?port=1: 'port=1' is not understood; there are address=… and certificates=…
            --staging-host: unix:///a is named 2 times; name it once
            --staging-host: tcp://shop-3:2376: with several hosts each publishes on one address of its own, and shop-3 is none; write tcp://shop-3:2376?address=10.0.0.5 with the IP address by which the others reach it
            """, fault.Message);
    }

    [Fact]
    public void One_of_several_hosts_that_nobody_knows_an_address_of_is_named_and_a_host_alone_needs_none()
    {
        var fault = Assert.Throws<DeliveryException>(() => DockerHosts.Parse("shop-1, ssh://10.0.0.6", "--production-host"));

        Assert.Equal("--production-host: shop-1: with several hosts each publishes on one address of its own, and nothing says which; write shop-1?address=10.0.0.5 with the IP address by which the others reach it", fault.Message);
        Assert.Equal("shop-1", DockerHosts.Parse("ssh://shop-1", "--production-host").Single().Address);
    }

    [Fact]
    public void No_host_at_all_is_a_fault() => Assert.Equal(
        "--staging-host: names no host; write unix://…, tcp://…, ssh://… or the name of a Docker context",
        Assert.Throws<DeliveryException>(() => DockerHosts.Parse(" ", "--staging-host")).Message);

    [Fact]
    public async Task An_engine_that_answers_tells_its_version()
    {
        var engine = await stage.EngineAsync();
        var seen = await Cli(engine.Endpoint).ObserveAsync(cancellation);

        Assert.True(seen.Reachable);
        Assert.Equal((await engine.RunAsync("version", "--format", "{{.Server.Version}}")).Trim(), seen.Version);
    }

    [Fact]
    public async Task An_engine_that_is_away_is_named_with_the_reason_and_the_remedy()
    {
        Needs.Program("docker");
        var seen = await Cli($"unix://{folder.Combine("none.sock")}".Replace(" ", "%20", StringComparison.Ordinal)).ObserveAsync(cancellation);

        Assert.False(seen.Reachable);
        Assert.Contains("asking for its version: ", seen.Unreachable, StringComparison.Ordinal);
        Assert.EndsWith("; start the engine there, or correct the host", seen.Unreachable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_behind_TLS_is_reached_with_the_right_certificate_alone()
    {
        var engine = await stage.StartEngineAsync(new() { Tls = true });
        var other = await stage.StartEngineAsync(new() { Tls = true });
        var right = await Cli($"tcp://{engine.Address}:2376?certificates={engine.ClientCertificates}").ObserveAsync(cancellation);
        var wrong = await Cli($"tcp://{engine.Address}:2376?certificates={other.ClientCertificates}").ObserveAsync(cancellation);

        Assert.True(right.Reachable, right.Unreachable);
        Assert.StartsWith($"tcp://{engine.Address}:2376: asking for its version: ", wrong.Unreachable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_behind_ssh_is_reached_with_a_key()
    {
        var engine = await stage.EngineAsync();
        await using var shell = await SecureShell.BeforeAsync(engine);
        var seen = await Cli($"ssh://root@127.0.0.1:{shell.Port}").ObserveAsync(cancellation);
        var wrong = await Cli($"ssh://nobody@127.0.0.1:{shell.Port}").ObserveAsync(cancellation);

        Assert.True(seen.Reachable, seen.Unreachable);
        Assert.StartsWith($"ssh://nobody@127.0.0.1:{shell.Port}: asking for its version: ", wrong.Unreachable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_names_a_host()
    {
        var engine = await stage.EngineAsync();
        var name = $"pipeline-test-{Guid.NewGuid():N}";
        await Command.RunAsync("docker", "context", "create", name, "--docker", $"host=unix://{engine.Socket}");
        var seen = await Cli(name).ObserveAsync(cancellation);
        await Command.RunAsync("docker", "context", "rm", name);
        var gone = await Cli(name).ObserveAsync(cancellation);

        Assert.True(seen.Reachable, seen.Unreachable);
        Assert.EndsWith("make the context with docker context create, or name another host", gone.Unreachable, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_shell_says_of_another_host_does_not_overrule_the_environment()
    {
        var engine = await stage.EngineAsync();
        Environment.SetEnvironmentVariable("DOCKER_HOST", "unix:///nowhere.sock");
        try
        {
            Assert.True((await Cli(engine.Endpoint).ObserveAsync(cancellation)).Reachable);
            Assert.False((await new DockerCli(DockerHost.OfThisMachine, TimeProvider.System).ObserveAsync(cancellation)).Reachable);
        }
        finally
        {
            Environment.SetEnvironmentVariable("DOCKER_HOST", null);
        }
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_ended_and_told()
    {
        var docker = Cli((await stage.EngineAsync()).Endpoint);
        var call = new DockerCall(["events"]) { About = "listening", Timeout = TimeSpan.FromSeconds(0.5) };
        var fault = await Assert.ThrowsAsync<DockerException>(() => docker.RunAsync(call, cancellation));

        Assert.Equal(DockerFault.TimedOut, fault.Fault);
        Assert.EndsWith("listening: no answer within 0.5 s; look whether the engine there is alive, then run again", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.IsTransient);
    }

    public void Dispose() => folder.Dispose();

    private static DockerCli Cli(string host) => new(DockerHosts.Parse(host, "--staging-host").Single(), TimeProvider.System);
}
