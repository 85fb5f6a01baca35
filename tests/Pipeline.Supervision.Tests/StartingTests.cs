namespace Pipeline.Supervision.Tests;

public sealed class StartingTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_started_process_runs_supervised_and_writes_its_log()
    {
        var state = await stage.Supervisors.StartAsync(stage.Script("echo here I am; echo and here >&2; exec sleep 1000"), cancellation);

        Assert.True(state.Running && state.Supervised);
        Assert.Equal(0, state.Restarts);
        Assert.Null(state.LastExit);
        await Eventually.HoldsAsync(
            () => stage.Supervisors.ReadLog(state.Specification.Directory, 2).SequenceEqual(["here I am", "and here"]), "both lines are in the log");
    }

    [Fact]
    public async Task The_same_specification_is_started_once()
    {
        var process = stage.Script("exec sleep 1000") with { Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "2" } };
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        var again = await stage.Supervisors.StartAsync(
            process with { Environment = new Dictionary<string, string> { ["B"] = "2", ["A"] = "1" } }, cancellation);

        Assert.Equal(first.ProcessId, again.ProcessId);
    }

    [Fact]
    public async Task Another_specification_in_the_folder_takes_the_place_of_the_first()
    {
        var first = await stage.Supervisors.StartAsync(stage.Script("exec sleep 1000"), cancellation);
        var second = await stage.Supervisors.StartAsync(stage.Script("exec sleep 2000"), cancellation);

        Assert.NotEqual(first.ProcessId, second.ProcessId);
        Assert.False(Stage.IsAlive(first.ProcessId));
        Assert.Equal(["-c", "exec sleep 2000"], stage.Supervisors.Observe(second.Specification.Directory)!.Specification.Arguments);
    }

    [Fact]
    public async Task Many_starts_at_once_make_one_process()
    {
        var process = stage.Script("echo started; exec sleep 1000");
        var states = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            new Supervisors(Stage.SupervisorDll, TimeProvider.System).StartAsync(process, cancellation)));

        Assert.Single(states.Select(state => state.ProcessId).Distinct());
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 10).Count > 0, "the process wrote its line");
        Assert.Single(stage.Supervisors.ReadLog(process.Directory, 10));
    }

    [Fact]
    public async Task A_stopped_process_and_its_supervisor_are_gone_and_its_records_stay()
    {
        var process = stage.Script("trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done");
        var state = await stage.Supervisors.StartAsync(process, cancellation);
        await stage.Supervisors.StopAsync(process.Directory, cancellation);

        var after = stage.Supervisors.Observe(process.Directory)!;
        Assert.False(after.Running || after.Supervised);
        Assert.Equal("exit code 0", after.LastExit);
        Assert.Equal("bye", stage.Supervisors.ReadLog(process.Directory, 1).Single());
        Assert.False(Stage.IsAlive(state.ProcessId));
    }

    [Fact]
    public async Task A_process_that_ignores_its_stop_signal_is_killed_after_its_time()
    {
        var process = stage.Script("trap '' TERM; echo deaf; while :; do sleep 0.05; done") with { StopTimeout = TimeSpan.FromSeconds(0.5) };
        await stage.Supervisors.StartAsync(process, cancellation);
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 1).SequenceEqual(["deaf"]), "the trap is set");
        await stage.Supervisors.StopAsync(process.Directory, cancellation);

        Assert.Equal("signal 9", stage.Supervisors.Observe(process.Directory)!.LastExit);
    }

    [Fact]
    public async Task Nothing_is_observed_or_stopped_in_a_folder_without_a_process()
    {
        Assert.Null(stage.Supervisors.Observe(stage.Folder("nobody")));
        await stage.Supervisors.StopAsync(stage.Folder("nobody"), cancellation);
        Assert.Empty(stage.Supervisors.ObserveAll(stage.Folder("nobody")));
        Assert.Empty(stage.Supervisors.ReadLog(stage.Folder("nobody"), 5));
        Assert.False(Directory.Exists(stage.Folder("nobody")));
    }

    [Fact]
    public async Task A_folder_with_a_very_long_name_in_other_letters_holds_a_process()
    {
        var process = stage.Script("exec sleep 1000", $"größe und übermaß 長い名前 {new string('x', 120)}");
        var state = await stage.Supervisors.StartAsync(process, cancellation);

        Assert.True(state.Running);
        Assert.Equal(state.ProcessId, Assert.Single(stage.Supervisors.ObserveAll(stage.Folder(""))).ProcessId);
    }

    [Fact]
    public async Task The_environment_holds_what_was_asked_for_and_nothing_of_the_starter()
    {
        Environment.SetEnvironmentVariable("RUNNER_TRACKING_ID", "github_0");
        var process = stage.Script("") with
        {
            FileName = "sleep",
            Arguments = ["1000"],
            Environment = new Dictionary<string, string> { ["ASKED"] = "fór\nthis" },
        };
        var state = await stage.Supervisors.StartAsync(process, cancellation);
        var variables = (await File.ReadAllTextAsync($"/proc/{state.ProcessId}/environ", cancellation)).TrimEnd('\0').Split('\0');

        Assert.Contains("ASKED=fór\nthis", variables);
        var allowed = new[] { "PATH", "HOME", "LANG", "TMPDIR", "DOTNET_ROOT", "ASKED", "PIPELINE_SUPERVISED", "PIPELINE_READY_FILE", "PIPELINE_START" };
        Assert.All(variables, variable => Assert.Contains(variable.Split('=')[0], allowed));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
