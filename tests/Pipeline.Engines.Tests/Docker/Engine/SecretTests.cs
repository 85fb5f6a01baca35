using Pipeline.Delivery;
using Pipeline.Engines.Tests.Docker.Parts;
using Pipeline.Testing.Docker;

namespace Pipeline.Engines.Tests.Docker.Engine;

public sealed class SecretTests(DockerStage stage)
{
    private const string Value = "sk_live_s3cr3t \"with\" $everything\nand a second line";
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_a_file_in_memory_that_the_instance_alone_reads()
    {
        var scene = await SceneAsync();
        await scene.KeepAsync();
        var digest = await scene.PublishAsync("1");
        var wanted = scene.Wanted("staging-blue-1", digest, ("PAYMENT_KEY", Value), ("NAME", "one"));
        var instance = await scene.Engine.StartAsync(wanted, cancellation);
        var environment = await scene.AskAsync(instance);
        var file = environment["PAYMENT_KEY_FILE"];

        Assert.False(environment.ContainsKey("PAYMENT_KEY"));
        Assert.Equal(Value, await ExecAsync("cat", file));
        Assert.Equal("400 10001 10001", (await ExecAsync("stat", "-c", "%a %u %g", file)).Trim());
        Assert.Contains(" /run/secrets tmpfs ro", (await ExecAsync("cat", "/proc/mounts")).Replace("tmpfs /run", " /run", StringComparison.Ordinal), StringComparison.Ordinal);

        Task<string> ExecAsync(params string[] command) => scene.Host.RunAsync(["exec", scene.Container("staging-blue-1"), .. command]);
    }

    [Fact]
    public async Task No_secret_is_in_any_environment_argument_label_image_or_file_of_the_host()
    {
        var scene = await SceneAsync();
        await scene.KeepAsync();
        var digest = await scene.PublishAsync("1");
        var secret = $"s3cr3t{Guid.NewGuid():N}";
        await scene.Engine.StartAsync(scene.Wanted("staging-blue-1", digest, ("PAYMENT_KEY", secret)), cancellation);
        var told = await scene.Host.RunAsync("inspect", scene.Container("staging-blue-1"), scene.Scope.Keeper, scene.Scope.SecretsVolume, $"{scene.Repository}@{digest}");
        var arguments = Directory.GetDirectories("/proc").Select(process => Read($"{process}/cmdline") + Read($"{process}/environ"));
        var found = await Command.TryAsync("grep", ["--recursive", "--files-with-matches", "--one-file-system", secret, Path.Combine(scene.Host.Folder, "data"), Path.Combine(scene.Host.Folder, "dockerd.log")]);

        Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
        Assert.DoesNotContain(arguments, text => text.Contains(secret, StringComparison.Ordinal));
        Assert.Equal("", found.Output);
    }

    [Fact]
    public async Task Secrets_outlast_the_restart_of_an_instance_and_go_with_the_last_one_that_had_them()
    {
        var scene = await SceneAsync();
        await scene.KeepAsync();
        var digest = await scene.PublishAsync("1");
        var one = scene.Wanted("staging-blue-1", digest, ("PAYMENT_KEY", "first"));
        var two = scene.Wanted("staging-green-1", digest, ("PAYMENT_KEY", "second"));
        var file = (await scene.AskAsync(await scene.Engine.StartAsync(one, cancellation)))["PAYMENT_KEY_FILE"];
        await scene.Engine.StartAsync(two, cancellation);
        await scene.Host.RunAsync("restart", scene.Container("staging-blue-1"));

        Assert.Equal("first", await scene.Host.RunAsync("exec", scene.Container("staging-blue-1"), "cat", file));
        await scene.Engine.StopAsync("staging-blue-1", cancellation);
        var left = await scene.Host.RunAsync("exec", "--user", "10001:10001", scene.Scope.Keeper, "ls", "/run/secrets");
        Assert.Equal(two.SettingsFingerprint()[..16], left.Trim());
    }

    [Fact]
    public async Task An_instance_that_starts_while_the_last_one_with_its_settings_goes_finds_its_secrets()
    {
        var scene = await SceneAsync();
        await scene.KeepAsync();
        var digest = await scene.PublishAsync("1");
        var engine = scene.Engine;
        var file = (await scene.AskAsync(await engine.StartAsync(scene.Wanted("staging-blue-0", digest, ("PAYMENT_KEY", "same")), cancellation)))["PAYMENT_KEY_FILE"];

        foreach (var (going, coming) in new[] { (0, 1), (1, 2), (2, 3), (3, 4) })
        {
            await Task.WhenAll(
                engine.StopAsync($"staging-blue-{going}", cancellation), engine.StartAsync(scene.Wanted($"staging-blue-{coming}", digest, ("PAYMENT_KEY", "same")), cancellation));

            Assert.Equal("same", await scene.Host.RunAsync("exec", scene.Container($"staging-blue-{coming}"), "cat", file));
        }
    }

    [Fact]
    public async Task What_starts_after_the_engine_was_started_anew_beside_living_containers_finds_its_secrets()
    {
        var scene = new EngineScene(await stage.RegistryAsync(), await stage.StartEngineAsync(new() { LiveRestore = true }));
        await scene.KeepAsync();
        var digest = await scene.PublishAsync("1");
        var old = scene.Wanted("staging-blue-1", digest, ("PAYMENT_KEY", "first"));
        var file = (await scene.AskAsync(await scene.Engine.StartAsync(old, cancellation)))["PAYMENT_KEY_FILE"];
        foreach (var id in new[] { "staging-green-1", "staging-green-2" })
        {
            await scene.Host.KillAsync();
            await scene.Host.StartAsync();
            var engine = scene.Engine;
            string[] both = [id, $"{id}0"];
            await Task.WhenAll(both.Select(each => engine.StartAsync(scene.Wanted(each, digest, ("PAYMENT_KEY", "first")), cancellation)));

            foreach (var each in both)
                Assert.Equal("first", await scene.Host.RunAsync("exec", scene.Container(each), "cat", file));
            Assert.Equal("first", await scene.Host.RunAsync("exec", scene.Container("staging-blue-1"), "cat", file));
        }
        var other = (await scene.AskAsync(await scene.Engine.StartAsync(scene.Wanted("staging-blue-2", digest, ("PAYMENT_KEY", "second")), cancellation)))["PAYMENT_KEY_FILE"];
        Assert.Equal("second", await scene.Host.RunAsync("exec", scene.Container("staging-blue-2"), "cat", other));
    }

    [Fact]
    public async Task Without_a_keeper_an_instance_with_secrets_is_not_started()
    {
        var scene = await SceneAsync();
        var digest = await scene.PublishAsync("1");
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => scene.Engine.StartAsync(scene.Wanted("staging-blue-1", digest, ("PAYMENT_KEY", "x")), cancellation));

        Assert.Equal($"staging: host unix://{scene.Host.Socket}: secrets in the memory of container {scene.Scope.Keeper}: No such container: {scene.Scope.Keeper}; deploy again", fault.Message);
        Assert.Empty(await scene.Engine.ObserveAsync(cancellation));
    }

    private async Task<EngineScene> SceneAsync() => new(await stage.RegistryAsync(), await stage.EngineAsync());

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
