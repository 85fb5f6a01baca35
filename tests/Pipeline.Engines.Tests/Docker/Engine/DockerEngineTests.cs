using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;

namespace Pipeline.Engines.Tests.Docker.Engine;

public sealed class DockerEngineTests(DockerStage stage)
{
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_instance_answers_at_its_address_and_is_observed_by_another_run()
    {
        var scene = await SceneAsync();
        var digest = await scene.PublishAsync("1");
        var wanted = scene.Wanted("staging-blue-1", digest, ("NAME", "settings"));
        await scene.Engine.PrepareAsync(digest, cancellation);
        var started = await scene.Engine.StartAsync(wanted, cancellation);
        var observed = Assert.Single(await scene.Engine.ObserveAsync(cancellation));
        var answer = await scene.AskAsync(started);

        // Its health may have been found in between.
        Assert.Equal(started with { Health = observed.Health }, observed);
        Assert.True(started is { Id: "staging-blue-1", Colour: Colour.Blue, Running: true, Restarts: 0, LastExit: null });
        Assert.Equal(digest, started.Digest);
        Assert.Equal(wanted.SettingsFingerprint(), started.SettingsFingerprint);
        Assert.Equal("settings", answer["NAME"]);
        Assert.Equal(digest.Value, answer["PIPELINE_DIGEST"]);
    }

    [Fact]
    public async Task The_same_specification_is_started_once_and_another_replaces_it_at_the_same_address()
    {
        var scene = await SceneAsync();
        var (first, second) = (await scene.PublishAsync("1"), await scene.PublishAsync("2"));
        var one = await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", first), cancellation);
        var again = await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", first), cancellation);
        var two = await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", second, ("NAME", "two")), cancellation);

        Assert.Equal(one, again);
        Assert.Equal(one.Address, two.Address);
        Assert.Equal(second, Assert.Single(await scene.Engine.ObserveAsync(cancellation)).Digest);
        Assert.NotEqual(one.StartedAt, two.StartedAt);
    }

    [Fact]
    public async Task Instances_started_at_once_have_addresses_of_their_own()
    {
        var scene = await SceneAsync();
        var digest = await scene.PublishAsync("1");
        var engine = scene.Engine;
        var instances = await Task.WhenAll(Enumerable.Range(1, 3).Select(number => engine.StartAsync(scene.Wanted($"staging-blue-{number}", digest), cancellation)));

        Assert.Equal(3, instances.Select(instance => instance.Address).Distinct().Count());
        Assert.Equal(instances.Select(instance => instance.Id), (await engine.ObserveAsync(cancellation)).Select(instance => instance.Id));
    }

    [Fact]
    public async Task An_instance_killed_for_memory_comes_back_at_its_address_and_says_so()
    {
        var scene = await SceneAsync();
        var digest = await scene.PublishAsync("1");
        var instance = await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", digest, ("GREEDY", "1")), cancellation);
        await scene.Host.TryAsync("exec", scene.Container(instance.Id), "touch", "/tmp/greedy");
        Instance? after = null;
        await Eventually.HoldsAsync(async () => (after = (await scene.Engine.ObserveAsync(cancellation)).Single()) is { Running: true, Restarts: > 0 }, "it was started again");
        await scene.AskAsync(after!);

        Assert.Equal("signal 9, out of memory: its limit is 64 MiB, raise it or mend what takes more", after!.LastExit);
        Assert.Equal(instance.Address, after.Address);
    }

    [Fact]
    public async Task An_instance_that_ends_at_once_is_reported_with_its_exit_and_last_lines_and_left_stopped()
    {
        var scene = await SceneAsync();
        var digest = await scene.PublishAsync("1");
        var wanted = scene.Wanted("staging-blue-1", digest, ("START_FAULT", "key SMTP_HOST is empty"), ("NAME", "one"));
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.StartAsync(wanted, cancellation));

        // Until it is stopped it may have been started once more, and have written the same again.
        Assert.Equal($"staging: container {scene.Container("staging-blue-1")} on unix://{scene.Host.Socket} ended as soon as it was started (exit code 3); correct what "
            + $"it complains of (a setting, the database) and deploy again; its last lines:{Environment.NewLine}small one starts{Environment.NewLine}key SMTP_HOST is empty",
            string.Join(Environment.NewLine, fault.Message.Split(Environment.NewLine).Take(3)));
        Assert.True((await scene.Engine.ObserveAsync(cancellation)).Single() is { Running: false, LastExit: not null });
        Assert.Contains("key SMTP_HOST is empty", await scene.Engine.ReadLogAsync("staging-blue-1", 20, cancellation));
    }

    [Fact]
    public async Task A_stopped_instance_had_time_to_end_and_is_forgotten()
    {
        var scene = await SceneAsync();
        var digest = await scene.PublishAsync("1");
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", digest), cancellation);
        await scene.Engine.StopAsync("staging-blue-1", cancellation);
        await scene.Engine.StopAsync("staging-blue-1", cancellation);

        Assert.Empty(await scene.Engine.ObserveAsync(cancellation));
        Assert.Empty(await scene.Engine.ReadLogAsync("staging-blue-1", 20, cancellation));
    }

    [Fact]
    public async Task An_instance_that_ignores_the_stop_is_killed_after_its_time()
    {
        var scene = await SceneAsync();
        var wanted = scene.Wanted("staging-blue-1", await scene.PublishAsync("1"), ("IGNORE_STOP", "1")) with { StopTimeout = TimeSpan.FromSeconds(1) };
        await scene.Engine.StartAsync(wanted, cancellation);
        await scene.Engine.StopAsync("staging-blue-1", cancellation);

        Assert.Empty(await scene.Engine.ObserveAsync(cancellation));
    }

    [Fact]
    public async Task Settings_that_the_engine_gives_and_ids_that_are_no_names_are_refused()
    {
        var scene = await SceneAsync();
        var taken = await Assert.ThrowsAsync<DeliveryException>(() =>
            scene.Engine.StartAsync(scene.Wanted("staging-blue-1", Delivery.Releases.Digest.Parse("sha256:" + new string('1', 64)), ("PORT", "1")), cancellation));
        var escape = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.StopAsync("../escape", cancellation));

        Assert.Equal("staging: instance staging-blue-1: setting PORT is given by the engine; remove it from the environment's configuration", taken.Message);
        Assert.Equal("staging: instance id '../escape' is no name; use lower-case letters, digits and hyphens", escape.Message);
    }

    private async Task<EngineScene> SceneAsync() => new(await stage.RegistryAsync(), await stage.EngineAsync());
}
