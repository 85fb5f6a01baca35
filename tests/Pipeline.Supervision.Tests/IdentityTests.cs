using System.Diagnostics;

namespace Pipeline.Supervision.Tests;

public sealed class IdentityTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private readonly Process stranger = Process.Start("sleep", "1004");
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_got_the_number_of_an_ended_one_is_not_taken_for_it_and_never_signalled()
    {
        var process = await EndedAsync(state => state["child"]!["processId"] = stranger.Id);

        Assert.True(stage.Supervisors.Observe(process.Directory) is { Running: false, Supervised: false, ProcessId: null });
        await stage.Supervisors.StopAsync(process.Directory, cancellation);
        Assert.True(Stage.IsAlive(stranger.Id));
    }

    [Fact]
    public async Task After_a_reboot_the_records_are_there_and_nothing_runs_even_where_numbers_and_start_times_are_the_same()
    {
        var process = await EndedAsync(state =>
        {
            foreach (var recorded in new[] { state["child"]!, state["supervisor"]! })
            {
                recorded["boot"] = "00000000-0000-0000-0000-000000000000";
                recorded["processId"] = stranger.Id;
                recorded["start"] = File.ReadAllText($"/proc/{stranger.Id}/stat").Split(") ")[1].Split(' ')[19];
            }
        });
        var found = Assert.Single(stage.Supervisors.ObserveAll(stage.Folder("")));
        var started = await stage.Supervisors.StartAsync(process, cancellation);

        Assert.True(found is { Running: false, Supervised: false });
        Assert.True(started is { Running: true, Supervised: true });
        Assert.NotEqual(stranger.Id, started.ProcessId);
        Assert.True(Stage.IsAlive(stranger.Id));
    }

    [Fact]
    public async Task A_half_written_state_is_no_state_and_the_process_is_not_started_twice()
    {
        var process = stage.Script("exec sleep 1005");
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        await File.WriteAllTextAsync(Path.Combine(process.Directory, "state.json"), "{\"supervisor\": {\"bo", cancellation);
        var observed = stage.Supervisors.Observe(process.Directory)!;
        var second = await stage.Supervisors.StartAsync(process, cancellation);

        Assert.True(observed is { Running: false, Supervised: true });
        Assert.True(second is { Running: true, Supervised: true });
        Assert.False(Stage.IsAlive(first.ProcessId) && first.ProcessId != second.ProcessId);
    }

    [Fact]
    public async Task The_records_of_a_running_process_come_back_when_somebody_deletes_its_folder()
    {
        var process = stage.Script("exec sleep 1006");
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        Directory.Delete(process.Directory, recursive: true);

        await Eventually.HoldsAsync(
            () => stage.Supervisors.Observe(process.Directory) is { Running: true, Supervised: true } && Directory.Exists(process.Directory), "records are back");
        Assert.Equal(first.ProcessId, (await stage.Supervisors.StartAsync(process, cancellation)).ProcessId);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        stranger.Kill();
        stranger.Dispose();
        await stage.DisposeAsync();
    }

    private async Task<ProcessSpecification> EndedAsync(Action<System.Text.Json.Nodes.JsonNode> change)
    {
        var process = stage.Script("exec sleep 1007");
        var state = await stage.Supervisors.StartAsync(process, cancellation);
        await Stage.KillSupervisorAsync(process.Directory);
        await Stage.KillAsync(state.ProcessId);
        Stage.Rewrite(process.Directory, change);
        return process;
    }
}
