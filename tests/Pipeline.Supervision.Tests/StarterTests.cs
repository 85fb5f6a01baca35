using System.Diagnostics;
using System.Globalization;
using Pipeline.Supervision.Identity;

namespace Pipeline.Supervision.Tests;

public sealed class StarterTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_outlives_a_killed_starter()
    {
        using var starter = Start("");
        var started = await StartedAsync(starter);
        starter.Kill(entireProcessTree: true);
        await starter.WaitForExitAsync(cancellation);

        Assert.True(stage.Supervisors.Observe(stage.Folder("child")) is { Running: true, Supervised: true } state && state.ProcessId == started);
    }

    [Fact]
    public async Task A_process_outlives_an_interrupt_of_the_starters_whole_group()
    {
        Needs.Program("setsid");
        using var starter = Start("");
        var started = await StartedAsync(starter);
        using var kill = Process.Start("kill", ["-INT", "--", $"-{starter.Id}"]);
        await kill.WaitForExitAsync(cancellation);
        await starter.WaitForExitAsync(cancellation);

        Assert.True(stage.Supervisors.Observe(stage.Folder("child")) is { Running: true, Supervised: true } state && state.ProcessId == started);
    }

    [Fact]
    public async Task Who_reads_the_starters_output_sees_its_end_when_the_starter_ends()
    {
        using var starter = Start("");
        var started = await StartedAsync(starter);
        await starter.StandardInput.WriteLineAsync("end");
        var rest = await starter.StandardOutput.ReadToEndAsync(cancellation);
        var faults = await starter.StandardError.ReadToEndAsync(cancellation);

        Assert.Equal("", rest + faults);
        Assert.True(Stage.IsAlive(started));
    }

    [Fact]
    public async Task Neither_process_nor_supervisor_holds_a_file_that_the_starter_had_open()
    {
        var file = Path.Combine(stage.Root, "lock of the starter");
        using var starter = Start($"exec 9>'{file}'; ");
        var started = await StartedAsync(starter);
        var processes = new[] { started, Stage.SupervisorId(stage.Folder("child")) };
        var open = processes.SelectMany(id => Directory.GetFileSystemEntries($"/proc/{id}/fd")).Select(entry => new FileInfo(entry).LinkTarget ?? "").ToList();

        Assert.DoesNotContain(open, target => target == file);
        Assert.Equal(3, Directory.GetFileSystemEntries($"/proc/{started}/fd").Length);
        Assert.All(Directory.GetFileSystemEntries($"/proc/{starter.Id}/fd").Select(entry => new FileInfo(entry).LinkTarget)
            .Where(target => target?.StartsWith("pipe:", StringComparison.Ordinal) == true), pipe => Assert.DoesNotContain(pipe, open));
    }

    [Fact]
    public async Task Whenever_a_starter_is_killed_the_next_start_leaves_exactly_one_process()
    {
        foreach (var moment in Enumerable.Range(0, 8))
        {
            using var starter = Start("");
            await Task.Delay(TimeSpan.FromMilliseconds(60 + (moment * 30)), cancellation);
            starter.Kill();
            var state = await stage.Supervisors.StartAsync(stage.Script($"exec sleep 20{moment}", "child"), cancellation);

            Assert.Equal(["-c", $"exec sleep 20{moment}"], state.Specification.Arguments);
            await Eventually.HoldsAsync(() => Alive().Order().SequenceEqual([state.ProcessId!.Value]), "one process of the folder is alive");
        }
    }

    [Fact]
    public async Task A_supervisor_that_comes_late_does_not_start_what_was_stopped_meanwhile()
    {
        var process = stage.Script("exec sleep 1016", "child");
        await stage.Supervisors.StartAsync(process, cancellation);
        var launch = await File.ReadAllTextAsync(Path.Combine(process.Directory, "wanted"), cancellation);
        using var late = Process.Start("dotnet", [Stage.SupervisorDll, process.Directory, launch]);
        await stage.Supervisors.StopAsync(process.Directory, cancellation);
        await late.WaitForExitAsync(cancellation);

        Assert.Equal(3, late.ExitCode);
        Assert.True(stage.Supervisors.Observe(process.Directory) is { Running: false, Supervised: false });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    private List<int> Alive() =>
        [.. ProcFile.All().Where(id => ProcFile.Variable(id, "PIPELINE_SUPERVISED") == stage.Folder("child") && Stage.IsAlive(id))];

    // A session of its own, so that the group can be signalled without the test runner.
    private Process Start(string before) => Process.Start(new ProcessStartInfo("setsid")
    {
        ArgumentList =
        {
            "/bin/sh", "-c", before + "exec \"$@\"", "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "Pipeline.Testing.Starter.dll"),
            Stage.SupervisorDll, stage.Folder("child"), "exec sleep 1008",
        },
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private async Task<int> StartedAsync(Process starter)
    {
        var line = await starter.StandardOutput.ReadLineAsync(cancellation);
        if (line is null)
            Assert.Fail(await starter.StandardError.ReadToEndAsync(cancellation));
        return int.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
