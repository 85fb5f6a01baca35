using System.Globalization;
using Pipeline.Delivery;
using Pipeline.Engines.Docker.Cli;
using Pipeline.Engines.Docker.Containers;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;

namespace Pipeline.Engines.Tests.Docker;

public sealed class ScopedContainerTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_is_run_once_and_replaced_when_it_should_be_another()
    {
        var scene = DockerScene.On(await stage.EngineAsync());
        var wanted = await scene.SmallAsync("staging-blue-1");
        var first = await scene.Containers.EnsureAsync(wanted, cancellation);
        var again = await scene.Containers.EnsureAsync(wanted, cancellation);
        var other = await scene.Containers.EnsureAsync(wanted with { Environment = new Dictionary<string, string> { ["NAME"] = "other" } }, cancellation);

        Assert.Equal(first.Id, again.Id);
        Assert.NotEqual(first.Id, other.Id);
        Assert.Equal(other.Id, Assert.Single(await scene.Containers.ListAsync(cancellation)).Id);
        Assert.Equal(["small other starts"], await LogAsync(scene, wanted.Name));
        await scene.Containers.RemoveAsync(wanted.Name, TimeSpan.FromSeconds(5), cancellation);
        Assert.Empty(await scene.Containers.ListAsync(cancellation));
    }

    [Fact]
    public async Task A_container_runs_hardened_and_within_its_limits()
    {
        var scene = DockerScene.On(await stage.EngineAsync());
        var container = await scene.SmallAsync("staging-blue-1");
        await scene.Containers.EnsureAsync(container with { Limits = new() { Megabytes = 64, Processors = 0.5, Processes = 50 } }, cancellation);

        Assert.Equal("uid=10001 gid=10001 groups=10001", (await ExecAsync("id")).Trim());
        Assert.Matches(@"CapEff:\s0000000000000000", await ExecAsync("cat", "/proc/self/status"));
        Assert.Matches(@"NoNewPrivs:\s1", await ExecAsync("cat", "/proc/self/status"));
        Assert.NotEqual(0, (await scene.Engine.TryAsync("exec", container.Name, "touch", "/www/changed")).ExitCode);
        Assert.Equal("", await ExecAsync("touch", "/tmp/allowed"));
        Assert.Equal("67108864 67108864 500000000 50 unless-stopped local true", (await scene.Engine.RunAsync("inspect", "--format",
            "{{.HostConfig.Memory}} {{.HostConfig.MemorySwap}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}} {{.HostConfig.RestartPolicy.Name}} "
            + "{{.HostConfig.LogConfig.Type}} {{.HostConfig.Init}}", container.Name)).Trim());

        Task<string> ExecAsync(params string[] command) => scene.Engine.RunAsync(["exec", container.Name, .. command]);
    }

    [Fact]
    public async Task A_fixed_address_is_kept_over_the_restart_of_the_container()
    {
        var scene = DockerScene.On(await stage.EngineAsync());
        var container = await scene.SmallAsync("staging-blue-1");
        var address = (await scene.Network.EnsureAsync(cancellation))[7];
        var started = await scene.Containers.EnsureAsync(container with { Network = ContainerNetwork.At(scene.Scope.Network, address) }, cancellation);
        await scene.Engine.RunAsync("restart", container.Name);
        var after = await scene.Containers.FindAsync(container.Name, cancellation);

        Assert.EndsWith(".135", address, StringComparison.Ordinal);
        Assert.Equal(address, started.Networks.ByName![scene.Scope.Network].Address);
        Assert.Equal(address, after!.Networks.ByName![scene.Scope.Network].Address);
    }

    [Fact]
    public async Task Somebody_elses_container_of_the_name_is_refused_and_left_alone()
    {
        var scene = DockerScene.On(await stage.EngineAsync());
        var wanted = await scene.SmallAsync("staging-blue-1");
        var foreign = (await scene.Engine.RunAsync("run", "--detach", "--name", wanted.Name, "small:test")).Trim();
        var fault = await Assert.ThrowsAsync<DockerException>(() => scene.Containers.EnsureAsync(wanted, cancellation));
        await Assert.ThrowsAsync<DockerException>(() => scene.Containers.RemoveAsync(wanted.Name, TimeSpan.Zero, cancellation));

        Assert.Equal($"unix://{scene.Engine.Socket}: container {wanted.Name} is not of {scene.Scope} (it is {foreign[..12]} from image small:test); "
            + "rename or remove it, then run again", fault.Message);
        Assert.Equal("true", (await scene.Engine.RunAsync("inspect", "--format", "{{.State.Running}}", foreign)).Trim());
        Assert.Empty(await scene.Containers.ListAsync(cancellation));
        await scene.Engine.RunAsync("rm", "--force", foreign);
    }

    [Fact]
    public async Task A_taken_port_is_named_and_nothing_of_the_start_is_left()
    {
        var (one, two) = (DockerScene.On(await stage.EngineAsync()), DockerScene.On(await stage.EngineAsync()));
        PublishedPort[] port = [new("0.0.0.0", 4712, 8080)];
        await one.Containers.EnsureAsync(await one.SmallAsync("staging-edge") with { Ports = port }, cancellation);
        var wanted = await two.SmallAsync("staging-edge") with { Ports = port };
        var fault = await Assert.ThrowsAsync<DockerException>(() => two.Containers.EnsureAsync(wanted, cancellation));

        Assert.Equal(DockerFault.PortTaken, fault.Fault);
        Assert.StartsWith($"unix://{two.Engine.Socket}: starting container {wanted.Name}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("0.0.0.0:4712", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("; stop what listens there, or give the environment another port", fault.Message, StringComparison.Ordinal);
        Assert.Empty(await two.Containers.ListAsync(cancellation));
        await one.Containers.RemoveAsync(one.Scope.Container("staging-edge"), TimeSpan.Zero, cancellation);
    }

    [Fact]
    public async Task A_health_check_is_asked_within_the_container()
    {
        var scene = DockerScene.On(await stage.EngineAsync());
        var container = await scene.SmallAsync("staging-blue-1");
        var check = new HealthCheck(["wget", "-q", "-O", "-", "http://127.0.0.1:8080/cgi-bin/ready"]) { Interval = TimeSpan.FromSeconds(0.3) };
        await scene.Containers.EnsureAsync(container with { HealthCheck = check }, cancellation);

        await Eventually.HoldsAsync(async () => (await scene.Containers.FindAsync(container.Name, cancellation))!.Life.Health?.Status == "healthy", "it is well");
    }

    [Fact]
    public void Names_that_could_not_be_containers_are_refused_at_once()
    {
        var fault = Assert.Throws<DeliveryException>(() => new EnvironmentScope("My Shop", "../x"));
        Assert.Equal(
            """
            service 'My Shop' is no name for containers; use at most 40 lower-case letters, digits and hyphens
            environment '../x' is no name for containers; use at most 40 lower-case letters, digits and hyphens
            """, fault.Message);
    }

    private async Task<IReadOnlyList<string>> LogAsync(DockerScene scene, string name)
    {
        IReadOnlyList<string> lines = [];
        await Eventually.HoldsAsync(async () => (lines = await scene.Containers.ReadLogAsync(name, 10, cancellation)).Count > 0, string.Create(CultureInfo.InvariantCulture, $"{name} wrote"));
        return lines;
    }
}
