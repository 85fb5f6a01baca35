namespace Pipeline.Supervision.Tests;

public sealed class RestartingTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_process_is_started_again()
    {
        var process = stage.Script("exec sleep 1000");
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        await Stage.KillAsync(first.ProcessId);
        var next = await NextAsync(process.Directory, first);

        Assert.Equal(1, next.Restarts);
        Assert.Equal("signal 9", next.LastExit);
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_ends_before_it_is_started_again()
    {
        var process = stage.Script("sleep 1001 & echo $!; wait");
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 1).Count == 1, "the script told its child's number");
        var child = stage.Supervisors.ReadLog(process.Directory, 1).Single();
        await Stage.KillAsync(first.ProcessId);
        await NextAsync(process.Directory, first);

        Assert.DoesNotContain("1001", File.Exists($"/proc/{child}/cmdline") ? await File.ReadAllTextAsync($"/proc/{child}/cmdline", cancellation) : "");
    }

    [Fact]
    public async Task A_process_that_ends_at_once_again_and_again_shows_how()
    {
        var process = stage.Script("echo broken; exit 7");
        await stage.Supervisors.StartAsync(process, cancellation);

        await Eventually.HoldsAsync(
            () => stage.Supervisors.Observe(process.Directory) is { Restarts: > 1, LastExit: "exit code 7", Supervised: true }, "it was started again twice");
    }

    [Fact]
    public async Task A_process_that_is_not_to_be_started_again_ends_with_its_supervisor()
    {
        var process = stage.Script("sleep 0.2; exit 5") with { Restart = false };
        await stage.Supervisors.StartAsync(process, cancellation);

        await Eventually.HoldsAsync(
            () => stage.Supervisors.Observe(process.Directory) is { Running: false, Supervised: false, LastExit: "exit code 5", Restarts: 0 }, "both ended");
    }

    [Fact]
    public async Task A_server_behind_a_held_socket_is_started_again_without_a_refused_connection()
    {
        var port = LoopbackPort.Free();
        var first = await stage.Supervisors.StartAsync(stage.Listener(port), cancellation);
        var before = await Stage.AskAsync(port);
        await Stage.KillAsync(first.ProcessId);
        var after = await Stage.AskAsync(port);

        Assert.Equal($"one {first.ProcessId}", before.Trim());
        Assert.StartsWith("one ", after, StringComparison.Ordinal);
        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task Stopping_during_the_pause_before_a_restart_ends_everything()
    {
        var process = stage.Script("exit 1");
        await stage.Supervisors.StartAsync(process, cancellation);
        await Eventually.HoldsAsync(() => stage.Supervisors.Observe(process.Directory)!.Restarts > 2, "the pauses have grown");
        await stage.Supervisors.StopAsync(process.Directory, cancellation);

        Assert.True(stage.Supervisors.Observe(process.Directory) is { Running: false, Supervised: false });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    private async Task<ProcessState> NextAsync(string directory, ProcessState first)
    {
        ProcessState? next = null;
        await Eventually.HoldsAsync(
            () => (next = stage.Supervisors.Observe(directory)) is { Running: true } && next.ProcessId != first.ProcessId, "another process runs");
        return next!;
    }
}
