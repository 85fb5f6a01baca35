using Pipeline.Supervision.Identity;

namespace Pipeline.Supervision.Tests;

public sealed class KilledSupervisorTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_process_lives_on_and_the_next_start_adopts_it()
    {
        var process = stage.Script("echo begun; while :; do sleep 0.05; done");
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        await Stage.KillSupervisorAsync(process.Directory);
        var alone = stage.Supervisors.Observe(process.Directory)!;
        var healed = await stage.Supervisors.StartAsync(process, cancellation);

        Assert.True(alone is { Running: true, Supervised: false });
        Assert.True(healed is { Running: true, Supervised: true, Restarts: 0 });
        Assert.Equal(first.ProcessId, healed.ProcessId);
        Assert.Equal(first.StartedAt, healed.StartedAt);
    }

    [Fact]
    public async Task An_adopted_process_goes_on_with_its_log_is_started_again_and_stopped_like_any_other()
    {
        var process = stage.Script("n=0; while :; do n=$((n+1)); echo $n; sleep 0.02; done");
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        await Stage.KillSupervisorAsync(process.Directory);
        var lines = stage.Supervisors.ReadLog(process.Directory, 1000).Count;
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 1000).Count > lines + 5, "it writes without its supervisor");
        await stage.Supervisors.StartAsync(process, cancellation);
        await Stage.KillAsync(first.ProcessId);
        await Eventually.HoldsAsync(() => stage.Supervisors.Observe(process.Directory) is { Running: true, Restarts: 1 }, "it was started again");
        var second = stage.Supervisors.Observe(process.Directory)!;
        Assert.Equal("end not seen: its supervisor had been killed", second.LastExit);
        await stage.Supervisors.StopAsync(process.Directory, cancellation);

        Assert.False(Stage.IsAlive(first.ProcessId) || Stage.IsAlive(second.ProcessId));
    }

    [Fact]
    public async Task Stopping_ends_a_process_without_supervisor()
    {
        var process = stage.Script("trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        var state = await stage.Supervisors.StartAsync(process, cancellation);
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 1).Contains("ready"), "the trap is set");
        await Stage.KillSupervisorAsync(process.Directory);
        await stage.Supervisors.StopAsync(process.Directory, cancellation);

        Assert.False(Stage.IsAlive(state.ProcessId));
        Assert.Equal("bye", stage.Supervisors.ReadLog(process.Directory, 1).Single());
    }

    [Fact]
    public async Task The_next_supervisor_holds_the_very_socket_and_nobody_is_refused_through_kill_adoption_restart_and_replacement()
    {
        var port = LoopbackPort.Free();
        var first = await stage.Supervisors.StartAsync(stage.Listener(port), cancellation);
        using var asking = new Asking(port);
        await asking.SomeMoreAsync();
        await Stage.KillSupervisorAsync(first.Specification.Directory);
        await asking.SomeMoreAsync();
        var healed = await stage.Supervisors.StartAsync(stage.Listener(port), cancellation);
        await asking.SomeMoreAsync();
        await stage.Supervisors.ReplaceAsync(stage.Listener(port, "two"), TimeSpan.FromSeconds(30), cancellation);
        await Eventually.HoldsAsync(async () => (await Stage.AskAsync(port)).StartsWith("two", StringComparison.Ordinal), "the new one answers");
        await asking.SomeMoreAsync();
        var answers = await asking.EndAsync();

        Assert.Empty(asking.Faults);
        Assert.Equal(first.ProcessId, healed.ProcessId);
        Assert.Contains(answers, answer => answer.StartsWith("two", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_socket_is_out_of_reach_a_replacement_takes_over_beside_it_and_nobody_is_refused()
    {
        var port = LoopbackPort.Free();
        // The process keeps its socket under another number than it was given, so that the next supervisor does not find it.
        var hiding = stage.Listener(port) with
        {
            FileName = Needs.Program("bash"),
            Arguments = ["-c", "exec 70<&$PIPELINE_LISTEN_FDS; exec 64<&-; PIPELINE_LISTEN_FDS=70 exec dotnet \"$0\"", Stage.ListenerDll],
        };
        await stage.Supervisors.StartAsync(hiding, cancellation);
        await Stage.AskAsync(port);
        await Stage.KillSupervisorAsync(hiding.Directory);
        using var asking = new Asking(port);
        await stage.Supervisors.StartAsync(hiding, cancellation);
        var said = await File.ReadAllTextAsync(Path.Combine(hiding.Directory, "log", "supervisor.log"), cancellation);
        Assert.Contains("its sockets are out of reach", said, StringComparison.Ordinal);
        await asking.SomeMoreAsync();
        await stage.Supervisors.ReplaceAsync(stage.Listener(port, "two"), TimeSpan.FromSeconds(30), cancellation);
        await asking.SomeMoreAsync();
        await Eventually.HoldsAsync(async () => (await Stage.AskAsync(port)).StartsWith("two", StringComparison.Ordinal), "the new one answers");
        await asking.EndAsync();

        Assert.Empty(asking.Faults);
    }

    [Fact]
    public async Task A_replacement_that_its_supervisor_did_not_live_to_finish_leaves_the_old_process_alone()
    {
        var port = LoopbackPort.Free();
        var first = await stage.Supervisors.StartAsync(stage.Listener(port), cancellation);
        var slow = stage.Listener(port, "two") with { Environment = new Dictionary<string, string> { ["NAME"] = "two", ["NEVER_READY"] = "1" } };
        var replacing = stage.Supervisors.ReplaceAsync(slow, TimeSpan.FromMinutes(5), cancellation);
        int? successor = null;
        await Eventually.HoldsAsync(
            () => (successor = Stage.State(slow.Directory)["successor"]?["processId"]?.GetValue<int>()) is not null, "the new process was started");
        await Stage.KillSupervisorAsync(slow.Directory);
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => replacing);
        var healed = await stage.Supervisors.StartAsync(stage.Listener(port), cancellation);

        Assert.StartsWith($"process {slow.Directory}: its supervisor ended while it was to replace the process", fault.Message, StringComparison.Ordinal);
        Assert.Equal(first.ProcessId, healed.ProcessId);
        await Eventually.HoldsAsync(() => !Stage.IsAlive(successor), "the new process was ended");
        Assert.StartsWith("one ", await Stage.AskAsync(port), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_whose_start_was_not_written_down_is_found_and_ended_by_the_next_start()
    {
        var process = stage.Script("exec sleep 1003");
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        await Stage.KillSupervisorAsync(process.Directory);
        var start = ProcFile.Variable(first.ProcessId!.Value, "PIPELINE_START");
        Stage.Rewrite(process.Directory, state =>
        {
            state["child"] = null;
            state["starting"] = start;
        });
        var healed = await stage.Supervisors.StartAsync(process, cancellation);

        Assert.False(Stage.IsAlive(first.ProcessId));
        Assert.True(healed.Running);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
