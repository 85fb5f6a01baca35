namespace Pipeline.Supervision.Tests;

public sealed class ReplacingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Stage stage = new();
    private readonly int port = LoopbackPort.Free();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replacement_answers_on_the_same_socket_and_no_connection_is_refused_or_lost()
    {
        var first = await stage.Supervisors.StartAsync(stage.Listener(port, "one"), cancellation);
        using var asking = new Asking(port);
        foreach (var name in new[] { "two", "three", "four" })
        {
            await asking.SomeMoreAsync();
            await stage.Supervisors.ReplaceAsync(stage.Listener(port, name), Patience, cancellation);
        }
        await Eventually.HoldsAsync(async () => (await Stage.AskAsync(port)).StartsWith("four ", StringComparison.Ordinal), "the last one answers");
        var answers = await asking.EndAsync();

        Assert.Empty(asking.Faults);
        Assert.Equal(["one", "two", "three", "four"], answers.Select(answer => answer.Split(' ')[0]).Distinct().Order(new ByTurn()));
        Assert.False(Stage.IsAlive(first.ProcessId));
        Assert.Equal("four", stage.Supervisors.Observe(first.Specification.Directory)!.Specification.Environment["NAME"]);
    }

    [Fact]
    public async Task A_replacement_that_never_gets_ready_is_ended_and_the_old_process_stays()
    {
        var first = await stage.Supervisors.StartAsync(stage.Listener(port, "one"), cancellation);
        var deaf = stage.Listener(port, "two") with { Environment = new Dictionary<string, string> { ["NAME"] = "two", ["NEVER_READY"] = "1" } };
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.ReplaceAsync(deaf, TimeSpan.FromSeconds(1.5), cancellation));

        Assert.Equal($"process {deaf.Directory}: the new process did not create the file named by PIPELINE_READY_FILE within 1.5 s and was ended; "
            + $"its last log lines are in {deaf.Directory}/log/current.log; the old process still runs", fault.Message);
        var after = stage.Supervisors.Observe(deaf.Directory)!;
        Assert.Equal(first.ProcessId, after.ProcessId);
        Assert.Equal("one", after.Specification.Environment["NAME"]);
        Assert.Equal($"one {first.ProcessId}", (await Stage.AskAsync(port)).Trim());
    }

    [Fact]
    public async Task A_replacement_that_dies_is_reported_with_its_exit_and_the_old_process_stays()
    {
        var first = await stage.Supervisors.StartAsync(stage.Listener(port, "one"), cancellation);
        var broken = stage.Listener(port, "two") with { Environment = new Dictionary<string, string> { ["START_FAULT"] = "no key" } };
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.ReplaceAsync(broken, Patience, cancellation));

        Assert.Contains("the new process ended with exit code 3 before it was ready", fault.Message, StringComparison.Ordinal);
        Assert.Equal(first.ProcessId, stage.Supervisors.Observe(broken.Directory)!.ProcessId);
    }

    [Fact]
    public async Task Replacements_at_once_come_one_after_the_other_and_the_last_one_stays()
    {
        await stage.Supervisors.StartAsync(stage.Listener(port, "one"), cancellation);
        using var asking = new Asking(port);
        var states = await Task.WhenAll(new[] { "two", "three", "four" }.Select(name =>
            stage.Supervisors.ReplaceAsync(stage.Listener(port, name), Patience, cancellation)));
        await asking.SomeMoreAsync();
        await asking.EndAsync();

        Assert.Empty(asking.Faults);
        var last = stage.Supervisors.Observe(stage.Folder("listener"))!;
        Assert.Contains(last.ProcessId, states.Select(state => state.ProcessId));
        await Eventually.HoldsAsync(
            async () => (await Stage.AskAsync(port)).Trim() == $"{last.Specification.Environment["NAME"]} {last.ProcessId}", "the last one answers");
        await Eventually.HoldsAsync(
            () => states.Count(state => Stage.IsAlive(state.ProcessId)) == 1, "the others have ended");
    }

    [Fact]
    public async Task Replacing_what_does_not_run_starts_it()
    {
        var state = await stage.Supervisors.ReplaceAsync(stage.Listener(port), Patience, cancellation);

        Assert.True(state.Running);
        Assert.StartsWith("one ", await Stage.AskAsync(port), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replacement_with_other_addresses_is_refused()
    {
        await stage.Supervisors.StartAsync(stage.Listener(port), cancellation);
        var other = stage.Listener(LoopbackPort.Free());
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.ReplaceAsync(other, Patience, cancellation));

        Assert.Equal($"process {other.Directory}: it listens on [127.0.0.1:{port}] and is to listen on [{other.Listen[0]}]; "
            + "a replacement keeps its addresses: stop it and start it anew", fault.Message);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    private sealed class ByTurn : IComparer<string>
    {
        private static readonly string[] Turns = ["one", "two", "three", "four"];

        public int Compare(string? x, string? y) => Array.IndexOf(Turns, x).CompareTo(Array.IndexOf(Turns, y));
    }
}
