using Pipeline.Delivery;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;

namespace Pipeline.Engines.Tests.Docker.Engine;

public sealed class ConsoleTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_of_a_log_gets_the_last_lines_and_those_that_come_until_the_end()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", await scene.PublishAsync("1"), ("NAME", "one")), cancellation);
        var read = new List<string>();
        await foreach (var line in scene.Engine.FollowLogAsync("staging-blue-1", 10, cancellation))
        {
            read.Add(line);
            if (read.Count == 1)
                await scene.Host.RunAsync("stop", scene.Container("staging-blue-1"));
        }

        Assert.Equal(["small one starts", "small one ends"], read);
    }

    [Fact]
    public async Task An_instance_that_is_not_there_or_does_not_run_has_no_shell()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.EngineAsync());
        var absent = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.OpenShellAsync("staging-blue-1", cancellation));
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", await scene.PublishAsync("1")), cancellation);
        await scene.Host.RunAsync("stop", "--time", "0", scene.Container("staging-blue-1"));
        var stopped = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.OpenShellAsync("staging-blue-1", cancellation));

        Assert.Equal($"staging: unix://{scene.Host.Socket} has no instance staging-blue-1; --target Status lists those there are", absent.Message);
        Assert.Equal($"staging: container {scene.Container("staging-blue-1")} on unix://{scene.Host.Socket} does not run (exited); "
            + "--target Logs --instance staging-blue-1 shows its last lines", stopped.Message);
    }
}
