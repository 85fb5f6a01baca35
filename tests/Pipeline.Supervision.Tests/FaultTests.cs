using System.Net;
using System.Net.Sockets;

namespace Pipeline.Supervision.Tests;

public sealed class FaultTests : IAsyncLifetime
{
    private readonly Stage stage = new();
    private readonly CancellationToken cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_faults_of_a_specification_are_named_at_once()
    {
        var process = stage.Script("") with
        {
            FileName = "no-such-program",
            WorkingDirectory = "/no/such/place",
            Listen = ["127.0.0.1:18500", "localhost:1", "127.0.0.1:18500"],
            Environment = new Dictionary<string, string> { ["A=B"] = "1", ["PIPELINE_LISTEN_FDS"] = "3", ["NUL"] = "a\0b" },
            StopSignal = 99,
            StopTimeout = TimeSpan.FromSeconds(-1),
            LogBytes = 1,
            LogFiles = -1,
            User = "no-such-user",
        };
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.StartAsync(process, cancellation));

        Assert.Equal(
            $"process {process.Directory}: its working directory '/no/such/place' does not exist; create it; "
            + "its program 'no-such-program' is not on the PATH; install it or name it by its absolute path; "
            + "its variable name 'A=B' is empty or holds '=' or NUL; rename it; "
            + "its variable PIPELINE_LISTEN_FDS is set by the supervisor; leave it out; "
            + "the value of its variable NUL holds a NUL character; remove it; "
            + "its listening address 'localhost:1' is no IP address with a port; write it as 127.0.0.1:18081; "
            + "its listening address '127.0.0.1:18500' stands there twice; keep one; "
            + "its stop signal 99 is none; use 1 to 64; "
            + "its stop timeout -00:00:01 is out of bounds; use 0 to 1.00:00:00; "
            + "its log size 1 is too small; use 8192 bytes or more; "
            + "its number of rotated logs -1 is negative; use 0 or more; "
            + "its user 'no-such-user' is not in /etc/passwd; create it or leave the user out", fault.Message);
        Assert.False(Directory.Exists(process.Directory));
    }

    [Fact]
    public async Task A_taken_address_is_named_with_its_holder()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var process = stage.Listener(port);
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.StartAsync(process, cancellation));

        var name = (await File.ReadAllTextAsync("/proc/self/comm", cancellation)).Trim();
        Assert.Equal($"process {process.Directory}: address 127.0.0.1:{port} is taken by process {Environment.ProcessId} ({name}); "
            + "stop that or use another port", fault.Message);
        Assert.True(stage.Supervisors.Observe(process.Directory) is { Running: false, Supervised: false });
    }

    [Fact]
    public async Task Two_processes_never_share_an_address()
    {
        var port = LoopbackPort.Free();
        var first = await stage.Supervisors.StartAsync(stage.Listener(port), cancellation);
        var second = stage.Listener(port) with { Directory = stage.Folder("second") };
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.StartAsync(second, cancellation));

        Assert.Contains($"127.0.0.1:{port} is taken by process", fault.Message, StringComparison.Ordinal);
        Assert.Contains($" of {first.Specification.Directory}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_cannot_be_executed_fails_the_start_with_the_systems_reason()
    {
        var program = Path.Combine(stage.Root, "not a program");
        await File.WriteAllTextAsync(program, "\u0001\u0002", cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var process = stage.Script("") with { FileName = program };
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.StartAsync(process, cancellation));

        Assert.Equal($"process {process.Directory}: '{program}' could not be started in '{process.Directory}' (Exec format error); "
            + "check that both are there and may be used by this user", fault.Message);
    }

    [Fact]
    public async Task A_full_disk_is_named_by_the_folder()
    {
        Needs.That(Environment.UserName == "root", "only root can mount a small disk");
        await using var disk = await SmallDisk.MountAsync(stage.Root);
        var process = stage.Script("exec sleep 1009") with { Directory = Path.Combine(disk.Path, "process") };
        await disk.FillAsync();
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => stage.Supervisors.StartAsync(process, cancellation));

        Assert.StartsWith($"process {process.Directory}: its folder cannot be written (", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("); free space on that disk or make the folder writable", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_fills_up_while_a_process_runs_stops_neither_it_nor_its_restart()
    {
        Needs.That(Environment.UserName == "root", "only root can mount a small disk");
        await using var disk = await SmallDisk.MountAsync(stage.Root);
        var process = stage.Listener(LoopbackPort.Free()) with { Directory = Path.Combine(disk.Path, "process") };
        var first = await stage.Supervisors.StartAsync(process, cancellation);
        var port = int.Parse(process.Listen[0].Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
        var before = await Stage.AskAsync(port);
        await disk.FillAsync();
        await Stage.KillAsync(first.ProcessId);
        var after = await Stage.AskAsync(port);
        disk.Free();

        Assert.NotEqual(before, after);
        await Eventually.HoldsAsync(() => stage.Supervisors.Observe(process.Directory) is { Running: true, Restarts: 1 }, "the records caught up");
        await stage.Supervisors.StopAsync(process.Directory, cancellation);
    }

    [Fact]
    public async Task A_missing_supervisor_program_is_named()
    {
        var supervisors = new Supervisors("/nowhere/Pipeline.Supervisor.dll", TimeProvider.System);
        var fault = await Assert.ThrowsAsync<SupervisionException>(() => supervisors.StartAsync(stage.Script("true"), cancellation));

        Assert.Equal("supervisor /nowhere/Pipeline.Supervisor.dll: not there; build the solution first", fault.Message);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => stage.DisposeAsync();
}
