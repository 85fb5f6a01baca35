namespace Pipeline.Supervision.Tests;

public sealed class UserTests : IAsyncLifetime
{
    private const string Other = "nobody";
    private readonly Stage stage = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Root_can_start_a_process_as_another_user()
    {
        Needs.That(Environment.UserName == "root", "only root may change users");
        Needs.Program("setpriv");
        var process = stage.Script("id -un; id -Gn; echo $HOME; pwd; exec sleep 1014") with { User = Other, WorkingDirectory = "/" };
        var state = await stage.Supervisors.StartAsync(process, cancellation);
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 9).Count == 4, "it told who it is");

        Assert.Equal([Other, "nogroup", "/nonexistent", "/"], stage.Supervisors.ReadLog(process.Directory, 9));
        await stage.Supervisors.StopAsync(process.Directory, cancellation);
        Assert.False(Stage.IsAlive(state.ProcessId));
    }

    [Fact]
    public async Task Another_user_can_say_that_it_is_ready()
    {
        Needs.That(Environment.UserName == "root", "only root may change users");
        using var open = new TemporaryDirectory();
        var process = new ProcessSpecification
        {
            Directory = open.Combine("process"),
            FileName = "/bin/sh",
            Arguments = ["-c", "echo > \"$PIPELINE_READY_FILE\"; exec sleep 1015"],
            User = Other,
            WorkingDirectory = "/",
        };
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        var second = await stage.Supervisors.ReplaceAsync(process, TimeSpan.FromSeconds(20), cancellation);
        await stage.Supervisors.StopAsync(process.Directory, cancellation);

        Assert.NotEqual(first.ProcessId, second.ProcessId);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
