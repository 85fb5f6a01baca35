using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Pipeline.Delivery;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Processes;
using Pipeline.Supervision;

namespace Pipeline.Engines.Tests.Processes;

public sealed class ProcessEngineTests : IAsyncLifetime
{
    private static readonly Digest First = Digest.Parse("sha256:" + new string('1', 64));
    private static readonly Digest Second = Digest.Parse("sha256:" + new string('2', 64));
    private static readonly Supervisors Supervisors = new(Path.Combine(AppContext.BaseDirectory, "Pipeline.Supervisor.dll"), TimeProvider.System);

    private readonly TemporaryDirectory root = new();
    private readonly HttpClient client = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_instance_answers_at_its_address_and_is_observed_by_another_run()
    {
        var started = await Engine().StartAsync(Wanted("shop-blue-1", First, ("NAME", "settings win")), cancellation);
        var observed = Assert.Single(await Engine().ObserveAsync(cancellation));

        Assert.Equal(started, observed);
        Assert.True(started is { Id: "shop-blue-1", Colour: Colour.Blue, Running: true, Restarts: 0, LastExit: null });
        Assert.Equal(First, started.Digest);
        Assert.Equal(Wanted("shop-blue-1", First, ("NAME", "settings win")).SettingsFingerprint(), started.SettingsFingerprint);
        Assert.Matches($"^settings win \\d+ {First}$", await AskAsync(started));
    }

    [Fact]
    public async Task The_same_specification_is_started_once_and_another_replaces_it_on_the_same_port()
    {
        var engine = Engine();
        var one = await engine.StartAsync(Wanted("shop-blue-1", First), cancellation);
        var answer = await AskAsync(one);
        var again = await Engine().StartAsync(Wanted("shop-blue-1", First), cancellation);
        Assert.Equal(answer, await AskAsync(again));

        var two = await engine.StartAsync(Wanted("shop-blue-1", Second, ("NAME", "two")), cancellation);
        Assert.StartsWith("two ", await AskAsync(two), StringComparison.Ordinal);
        Assert.Equal(one.Address, two.Address);
        Assert.Equal(Second, Assert.Single(await engine.ObserveAsync(cancellation)).Digest);
    }

    [Fact]
    public async Task A_changed_setting_alone_replaces_the_instance()
    {
        var one = await Engine().StartAsync(Wanted("shop-blue-1", First, ("NAME", "old")), cancellation);
        var two = await Engine().StartAsync(Wanted("shop-blue-1", First, ("NAME", "new")), cancellation);

        Assert.NotEqual(one.SettingsFingerprint, two.SettingsFingerprint);
        Assert.StartsWith("new ", await AskAsync(two), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instances_started_at_once_have_ports_of_their_own()
    {
        var engine = Engine();
        var instances = await Task.WhenAll(Enumerable.Range(1, 4).Select(number => engine.StartAsync(Wanted($"shop-blue-{number}", First), cancellation)));

        Assert.Equal(4, instances.Select(instance => instance.Address.Port).Distinct().Count());
        Assert.Equal(instances.Select(instance => instance.Id), (await engine.ObserveAsync(cancellation)).Select(instance => instance.Id));
    }

    [Fact]
    public async Task A_killed_instance_comes_back_on_its_port_and_shows_that_it_was_restarted()
    {
        var engine = Engine();
        var instance = await engine.StartAsync(Wanted("shop-blue-1", First), cancellation);
        Process.GetProcessById(ProcessId(instance)).Kill();
        await Eventually.HoldsAsync(async () => (await engine.ObserveAsync(cancellation)).Single() is { Running: true, Restarts: 1 }, "it was started again");
        await Eventually.HoldsAsync(async () => await TryAskAsync(instance) is not null, "it answers at the same address");

        Assert.Equal("signal 9", (await engine.ObserveAsync(cancellation)).Single().LastExit);
    }

    [Fact]
    public async Task An_instance_that_ends_at_once_is_reported_with_its_exit_and_last_lines_and_left_stopped()
    {
        var engine = Engine();
        var fault = await Assert.ThrowsAsync<DeliveryException>(() =>
            engine.StartAsync(Wanted("shop-blue-1", First, ("START_FAULT", "key SMTP_HOST is empty")), cancellation));

        // Until it is stopped it may have been started once more, and have written the same again.
        Assert.StartsWith($"staging: instance shop-blue-1 ended as soon as it was started (exit code 3); correct what it complains of (a setting, the database) "
            + $"and deploy again; its last lines:{Environment.NewLine}listener from the image starts{Environment.NewLine}key SMTP_HOST is empty", fault.Message,
            StringComparison.Ordinal);
        Assert.True((await engine.ObserveAsync(cancellation)).Single() is { Running: false, LastExit: not null });
        Assert.Contains("key SMTP_HOST is empty", await engine.ReadLogAsync("shop-blue-1", 20, cancellation));
    }

    [Fact]
    public async Task An_instance_whose_port_was_taken_meanwhile_gets_another()
    {
        var engine = Engine();
        var before = await engine.StartAsync(Wanted("shop-blue-1", First), cancellation);
        await Supervisors.StopAsync(root.Combine("shop-blue-1"), cancellation);
        using var thief = new TcpListener(IPAddress.Loopback, before.Address.Port);
        thief.Start();
        var after = await engine.StartAsync(Wanted("shop-blue-1", First), cancellation);

        Assert.NotEqual(before.Address, after.Address);
        Assert.StartsWith("from the image ", await AskAsync(after), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_instance_is_forgotten_with_its_folder()
    {
        var engine = Engine();
        var instance = await engine.StartAsync(Wanted("shop-blue-1", First), cancellation);
        await engine.StopAsync(instance.Id, cancellation);
        await engine.StopAsync(instance.Id, cancellation);

        Assert.Empty(await engine.ObserveAsync(cancellation));
        Assert.False(Directory.Exists(root.Combine(instance.Id)));
        Assert.Null(await TryAskAsync(instance));
    }

    [Fact]
    public async Task An_instance_that_ignores_the_stop_is_killed_after_its_time()
    {
        var engine = Engine();
        var wanted = Wanted("shop-blue-1", First, ("IGNORE_STOP", "1")) with { StopTimeout = TimeSpan.FromSeconds(0.5) };
        var instance = await engine.StartAsync(wanted, cancellation);
        await engine.StopAsync(instance.Id, cancellation);

        Assert.Null(await TryAskAsync(instance));
    }

    [Fact]
    public async Task After_a_reboot_the_instance_is_found_not_running_and_starts_on_its_port()
    {
        var engine = Engine();
        var before = await engine.StartAsync(Wanted("shop-blue-1", First), cancellation);
        await Supervisors.StopAsync(root.Combine("shop-blue-1"), cancellation);
        var state = await File.ReadAllTextAsync(root.Combine("shop-blue-1", "state.json"), cancellation);
        var boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id", cancellation)).Trim();
        await File.WriteAllTextAsync(root.Combine("shop-blue-1", "state.json"), state.Replace(boot, "another boot", StringComparison.Ordinal), cancellation);
        var found = Assert.Single(await Engine().ObserveAsync(cancellation));
        var after = await Engine().StartAsync(Wanted("shop-blue-1", First), cancellation);

        Assert.False(found.Running);
        Assert.Equal(First, found.Digest);
        Assert.Equal(before.Address, after.Address);
    }

    [Fact]
    public async Task Settings_lie_in_files_of_their_owner_alone_and_in_no_argument()
    {
        var instance = await Engine().StartAsync(Wanted("shop-blue-1", First, ("PAYMENT_KEY", "sk_live_s3cr3t")), cancellation);
        var holding = Directory.GetFiles(root.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && File.ReadAllText(file).Contains("sk_live_s3cr3t", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(holding);
        Assert.All(holding, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.DoesNotContain("sk_live_s3cr3t", await File.ReadAllTextAsync($"/proc/{ProcessId(instance)}/cmdline", cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("Shop")]
    [InlineData("")]
    public async Task An_id_that_is_no_name_is_refused(string id)
    {
        var fault = await Assert.ThrowsAsync<DeliveryException>(() => Engine().StopAsync(id, cancellation));
        Assert.Equal($"staging: instance id '{id}' is no name; use lower-case letters, digits and hyphens", fault.Message);
    }

    [Fact]
    public async Task Settings_that_the_engine_gives_are_refused()
    {
        var fault = await Assert.ThrowsAsync<DeliveryException>(() =>
            Engine().StartAsync(Wanted("shop-blue-1", First, ("PORT", "1"), ("PIPELINE_DIGEST", "x")), cancellation));
        Assert.Equal("staging: instance shop-blue-1: setting PORT, PIPELINE_DIGEST is given by the engine; remove it from the environment's configuration",
            fault.Message);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Supervisors.ObserveAll(root.Path))
            await Supervisors.StopAsync(process.Specification.Directory, CancellationToken.None);
        client.Dispose();
        root.Dispose();
    }

    private ProcessEngine Engine() => new("staging", root.Path, new ListenerApplication(), Supervisors, TimeProvider.System);

    private static InstanceSpecification Wanted(string id, Digest digest, params (string Name, string Value)[] settings) =>
        new(id, Colour.Blue, digest, settings.ToDictionary(setting => setting.Name, setting => setting.Value), TimeSpan.FromSeconds(20));

    private int ProcessId(Instance instance) => Supervisors.Observe(root.Combine(instance.Id))!.ProcessId!.Value;

    private async Task<string> AskAsync(Instance instance) => await TryAskAsync(instance) ?? throw new InvalidOperationException($"{instance} does not answer");

    private async Task<string?> TryAskAsync(Instance instance)
    {
        try
        {
            return await client.GetStringAsync(instance.Address, cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
