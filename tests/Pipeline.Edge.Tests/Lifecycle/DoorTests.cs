using System.Diagnostics;

namespace Pipeline.Edge.Tests.Lifecycle;

/// <summary>A door in one network and the edges behind it in another, as the containers of an environment are.</summary>
public sealed class DoorTests
{
    private const int Some = 1000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_fails_while_edges_take_over_from_one_another_and_the_door_is_killed_and_started_anew()
    {
        await using var stage = await SharedStage.CreateAsync();
        await using var instance = await TestInstance.StartAsync("instance", address: stage.Space.Outside);
        // In whatever order they come: an edge waits for its door.
        var present = stage.StartBehindDoor("run", "edge-0");
        var door = stage.StartDoor();
        await stage.ServesAsync("edge-0");
        await stage.RouteAsync(instance.Address);
        await using var hammer = new Hammer(new($"http://{stage.Door}"), renewing: 8);
        await hammer.MoreAsync(Some);

        for (var number = 1; number <= 2; number++)
        {
            var next = stage.StartBehindDoor("run", $"edge-{number}");
            await stage.ServesAsync($"edge-{number}");
            await hammer.MoreAsync(Some);
            await present.WaitForExitAsync(Cancellation);
            Assert.Equal(0, present.ExitCode);
            present = next;

            door.Kill();
            await hammer.MoreAsync(Some);
            door = stage.StartDoor();
            await stage.ListensAsync(door);
            await hammer.MoreAsync(Some);
        }

        Assert.Empty(await hammer.StopAsync());
        Assert.Single(hammer.Releases);
    }

    [Fact]
    public async Task Users_wait_at_the_door_while_the_edge_is_killed_and_comes_back()
    {
        await using var stage = await SharedStage.CreateAsync();
        await using var instance = await TestInstance.StartAsync("instance", address: stage.Space.Outside);
        stage.StartDoor();
        var edge = stage.StartBehindDoor("run", "edge");
        await stage.ServesAsync("edge");
        await stage.RouteAsync(instance.Address);

        edge.Kill();
        await edge.WaitForExitAsync(Cancellation);
        using var client = EdgeStage.NewClient();
        var waiting = client.GetAsync(new Uri($"http://{stage.Door}"), Cancellation);
        stage.StartBehindDoor("keep", "keeper");
        using var answer = await waiting;

        Assert.Equal([EdgeStage.Release.Value], answer.Headers.GetValues("Pipeline-Release"));
    }

    [Fact]
    public async Task A_door_on_another_address_leaves_the_sockets_of_the_one_before_alone()
    {
        await using var stage = await SharedStage.CreateAsync();
        var first = stage.StartDoor();
        stage.StartBehindDoor("run", "edge-1");
        await stage.ServesAsync("edge-1");
        first.Kill();
        await first.WaitForExitAsync(Cancellation);
        stage.Door.Port = LoopbackPort.Free();

        stage.StartDoor();
        stage.StartBehindDoor("run", "edge-2");
        await stage.ServesAsync("edge-2");

        using var client = EdgeStage.NewClient();
        using var answer = await client.GetAsync(new Uri($"http://{stage.Door}"), Cancellation);
        Assert.Equal("edge: nothing is routed\n", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_door_on_an_address_that_is_taken_says_so_and_ends()
    {
        await using var edge = await EdgeStage.StartAsync();
        using var root = new TemporaryDirectory();

        var (error, exitCode) = await RunAsync("dotnet", EdgeStage.Dll, "door", "--directory", root.Combine("edge"), "--listen", edge.Public.ToString());

        Assert.Equal($"edge: --listen {edge.Public}: Address already in use; stop what listens there or choose another address\n", error);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task A_door_on_an_address_of_another_machine_says_so()
    {
        using var root = new TemporaryDirectory();

        var (error, _) = await RunAsync("dotnet", EdgeStage.Dll, "door", "--directory", root.Combine("edge"), "--listen", "192.0.2.1:8080");

        Assert.Equal("edge: --listen 192.0.2.1:8080: Cannot assign requested address; choose an address that this host has, or 0.0.0.0 for all of them\n", error);
    }

    [Fact]
    public async Task A_door_lends_nothing_to_another_user()
    {
        Needs.That(Environment.IsPrivilegedProcess, "only root runs programs as another user");
        Needs.Program("setpriv");
        var folder = Directory.CreateTempSubdirectory("pl-door-");
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)Convert.ToInt32("777", 8));
        string[] door = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "dotnet", EdgeStage.Dll, "door", "--directory", Path.Combine(folder.FullName, "edge"), "--listen", "127.0.0.1:0"];
        using var nobody = Process.Start(new ProcessStartInfo("setpriv", door) { RedirectStandardOutput = true })!;
        try
        {
            Assert.Contains(" listens on ", await nobody.StandardOutput.ReadLineAsync(Cancellation), StringComparison.Ordinal);

            var (error, exitCode) = await RunAsync("dotnet", EdgeStage.Dll, "run", "--directory", Path.Combine(folder.FullName, "edge"), "--door");

            Assert.Equal($"edge: edge run: the door at {folder.FullName}/edge/door.sock lends no sockets: the other end closed without sending any; it serves its own user alone\n", error);
            Assert.Equal(2, exitCode);
        }
        finally
        {
            nobody.Kill();
            await nobody.WaitForExitAsync(CancellationToken.None);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_contradicts_a_door_is_named_at_once()
    {
        var (error, exitCode) = await RunAsync("dotnet", EdgeStage.Dll, "run", "--door", "--share-port", "--probe-interval", "soon");

        Assert.Equal(2, exitCode);
        Assert.Contains("edge run: --directory is missing", error, StringComparison.Ordinal);
        Assert.Contains("edge run: --door is given, which brings the sockets; leave --listen and --share-port out", error, StringComparison.Ordinal);
        Assert.Contains("--probe-interval is 'soon'", error, StringComparison.Ordinal);
    }

    private static async Task<(string Error, int ExitCode)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (error, process.ExitCode);
    }
}
