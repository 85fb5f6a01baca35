using Pipeline.Supervision.Logs;

namespace Pipeline.Supervision.Tests;

public sealed class LogTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_is_rotated_by_size_and_only_so_many_are_kept()
    {
        var process = stage.Script("n=0; while :; do n=$((n+1)); echo \"line $n of a log that grows and grows\"; [ $((n%200)) = 0 ] && sleep 0.05; done") with
        {
            LogBytes = 64 * 1024,
            LogFiles = 2,
        };
        await stage.Supervisors.StartAsync(process, cancellation);
        var log = Path.Combine(process.Directory, "log");
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(log, "2.log")), "the log was rotated twice");
        await Eventually.HoldsAsync(() => new FileInfo(Path.Combine(log, "current.log")).Length > 1000, "it goes on in the current one");

        Assert.Equal(["1.log", "2.log", "current.log", "supervisor.log"], Directory.GetFiles(log).Select(Path.GetFileName).Where(name => name != "0.log").Order());
    }

    [Fact]
    public async Task No_line_is_lost_or_doubled_by_rotation_on_a_file_system_that_can_cut_the_front_off_a_file()
    {
        Needs.That(await FileSystem.CutsFrontsAsync(stage.Root), "this file system cannot cut the front off a file");
        var process = stage.Script("n=0; while [ $n -lt 60000 ]; do n=$((n+1)); echo $n; done; exec sleep 1010") with { LogBytes = 32 * 1024, LogFiles = 100 };
        await stage.Supervisors.StartAsync(process, cancellation);
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 1).SequenceEqual(["60000"]), "all lines are written");
        await Eventually.HoldsAsync(() => new FileInfo(Path.Combine(process.Directory, "log", "current.log")).Length < process.LogBytes, "the last rotation is done");

        Assert.Equal(Enumerable.Range(1, 60000).Select(number => $"{number}"), stage.Supervisors.ReadLog(process.Directory, 70000));
        Assert.True(File.Exists(Path.Combine(process.Directory, "log", "1.log")));
    }

    [Fact]
    public async Task A_reader_gets_the_last_lines_and_then_every_line_that_comes()
    {
        var process = stage.Script("echo one; echo two; echo 'three ü'; while [ ! -e go ]; do sleep 0.05; done; echo four; sleep 0.5; echo five; exec sleep 1012");
        await stage.Supervisors.StartAsync(process, cancellation);
        await Eventually.HoldsAsync(() => stage.Supervisors.ReadLog(process.Directory, 3).Count == 3, "the first lines are written");
        var read = new List<string>();
        await foreach (var line in LogFollowing.ReadAsync(process.Directory, 2, TimeProvider.System, cancellation))
        {
            read.Add(line);
            if (read.Count == 2)
                await File.WriteAllTextAsync(Path.Combine(process.Directory, "go"), "", cancellation);
            if (read.Count == 4)
                break;
        }

        Assert.Equal(["two", "three ü", "four", "five"], read);
    }

    [Fact]
    public async Task The_last_lines_are_read_across_a_rotation()
    {
        var process = stage.Script("exec sleep 1011");
        await stage.Supervisors.StartAsync(process, cancellation);
        await File.WriteAllTextAsync(Path.Combine(process.Directory, "log", "1.log"), "one\ntwo\nthr", cancellation);
        await File.WriteAllTextAsync(Path.Combine(process.Directory, "log", "current.log"), "ee\nfour\n", cancellation);

        Assert.Equal(["two", "three", "four"], stage.Supervisors.ReadLog(process.Directory, 3));
    }

    [Fact]
    public async Task Files_of_a_process_are_readable_by_their_owner_alone()
    {
        var process = stage.Script("echo secret; exec sleep 1012") with { Environment = new Dictionary<string, string> { ["KEY"] = "s3cr3t" } };
        await stage.Supervisors.StartAsync(process, cancellation);
        var holding = Directory.GetFiles(process.Directory, "*.json").Append(Path.Combine(process.Directory, "log", "current.log"));

        Assert.All(holding, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(process.Directory));
        var commands = new[] { Stage.SupervisorId(process.Directory), stage.Supervisors.Observe(process.Directory)!.ProcessId!.Value };
        Assert.All(commands, id => Assert.DoesNotContain("s3cr3t", File.ReadAllText($"/proc/{id}/cmdline"), StringComparison.Ordinal));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
