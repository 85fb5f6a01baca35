using System.Diagnostics;
using Pipeline.Testing.Docker;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Engines.Tests.Docker;

/// <summary>What the tests of the Docker engine stand on.</summary>
public sealed class DockerStageTests(DockerStage stage)
{
    [Fact]
    public async Task Two_hosts_run_what_one_registry_holds_and_reach_each_other()
    {
        var (one, two, registry) = (await stage.EngineAsync(), await stage.SecondEngineAsync(), await stage.RegistryAsync());
        var image = $"{registry.Address}/stage@{await SmallImage.PublishAsync(one, registry, "stage", "1")}";

        await two.RunAsync("run", "--detach", "--name", "stage-server", "--publish", "4711:8080", image);
        var answer = await one.RunAsync("run", "--rm", "--entrypoint", "wget", image, "-q", "-O", "-", $"http://{two.Address}:4711/cgi-bin/ready");
        await two.RunAsync("rm", "--force", "stage-server");

        Assert.Equal("ready", answer.Trim());
    }

    [Fact]
    public async Task Containers_go_on_without_their_engine_where_it_was_asked_to_let_them()
    {
        var engine = await stage.StartEngineAsync(new() { LiveRestore = true });
        await SmallImage.MakeAsync(engine, "lasting", "1");
        await engine.RunAsync("run", "--detach", "--name", "lasting", "--publish", "4711:8080", "lasting");
        using var client = new HttpClient();
        var address = new Uri($"http://{engine.Address}:4711/cgi-bin/ready");
        await Eventually.HoldsAsync(async () => await AnswersAsync(client, address), "it answers");
        await engine.KillAsync();

        Assert.True(await AnswersAsync(client, address));
        await engine.StartAsync();
        Assert.Equal("true 0", (await engine.RunAsync("inspect", "--format", "{{.State.Running}} {{.RestartCount}}", "lasting")).Trim());
    }

    [Fact]
    public async Task What_a_killed_run_left_is_cleared_away_by_the_next()
    {
        await stage.EngineAsync();
        var folder = Directory.CreateDirectory($"/tmp/pldk/{Random.Shared.Next(0x100):x2}left").FullName;
        var (space, group) = ($"pl-{Path.GetFileName(folder)}-1", $"/sys/fs/cgroup/{(Directory.Exists("/sys/fs/cgroup/pids") ? "pids/" : "")}pl-{Path.GetFileName(folder)}");
        await Command.RunAsync("ip", "netns", "add", space);
        Directory.CreateDirectory(Path.Combine(group, "container"));
        using var left = Process.Start("sh", ["-c", "while :; do sleep 1; done", Path.Combine(folder, "engine")]);
        using var mounted = Process.Start("mount", ["-t", "tmpfs", "tmpfs", Directory.CreateDirectory(Path.Combine(folder, "disk")).FullName]);
        await mounted.WaitForExitAsync(TestContext.Current.CancellationToken);

        var next = new DockerStage();
        await next.RegistryAsync();
        await next.DisposeAsync();

        Assert.True(left.HasExited);
        Assert.False(Directory.Exists(folder));
        Assert.False(Directory.Exists(group));
        Assert.DoesNotContain(space, await Command.RunAsync("ip", "netns", "list"), StringComparison.Ordinal);
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address)
    {
        try
        {
            return (await client.GetStringAsync(address)).Trim() == "ready";
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
