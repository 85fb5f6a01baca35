using System.Diagnostics;
using System.Text.Json;

namespace Pipeline.Edge.Tests.Control;

public sealed class CommandLineTests
{
    private static readonly string Digest = EdgeStage.Release.Value;

    [Fact]
    public async Task An_operator_routes_weighs_drains_holds_and_looks_from_the_command_line()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartAsync();

        var routed = await RunAsync("route", "--directory", edge.Directory, "--token", "3", "--backend", $"blue,{Digest},100,{instance.Address.ToString().TrimEnd('/')}",
            "--backend", $"green,{EdgeStage.OtherRelease},0,canary={instance.Address.ToString().TrimEnd('/')}");
        var weighed = await RunAsync("weights", "--directory", edge.Directory, "blue=90", "green=10");
        var older = await RunAsync("weights", "--directory", edge.Directory, "--token", "2", "blue=100", "green=0");
        var drained = await RunAsync("drain", "--directory", edge.Directory, "green");
        var held = await RunAsync("hold", "--directory", edge.Directory, "--at-most", "5s");
        var released = await RunAsync("release", "--directory", edge.Directory);
        var status = await RunAsync("status", "--directory", edge.Directory, "--json");
        var metrics = await RunAsync("metrics", "--directory", edge.Directory);

        Assert.Equal([0, 0, 3, 0, 0, 0, 0, 0], new[] { routed, weighed, older, drained, held, released, status, metrics }.Select(run => run.ExitCode));
        Assert.Equal(
            "edge weights: the fencing token 2 is older than 3, the last one accepted; somebody else deploys here since, so take the lock again\n", older.Error);
        Assert.Equal("drained: nothing is in flight\n", drained.Output);
        Assert.Contains("holding    0 requests until", held.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("holding", released.Output, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(status.Output);
        Assert.Equal([90, 10], document.RootElement.GetProperty("backends").EnumerateArray().Select(side => side.GetProperty("weight").GetInt32()));
        Assert.Contains($"pipeline_edge_weight{{colour=\"green\",release=\"{EdgeStage.OtherRelease}\"}} 10\n", metrics.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_of_a_command_are_named_at_once()
    {
        var run = await RunAsync("run", "--connect-timeout", "5 seconds", "--max-connections", "0", "--no-such", "1");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "edge: edge run: --directory is missing; give the folder of this edge's routes and sockets\n"
            + "edge: --connect-timeout is '5 seconds'; it takes 0.01s to 60s, written as 500ms, 5s, 2m or 1h\n"
            + "edge: --max-connections is '0'; it takes 1 to 1000000\n"
            + "edge: --no-such is no setting of the edge; `edge help` lists them\n",
            run.Error);
    }

    [Fact]
    public async Task Settings_come_from_a_file_and_flags_go_before_it()
    {
        using var root = new TemporaryDirectory();
        var file = root.Combine("edge.json");
        await File.WriteAllTextAsync(file, """{"max-body-size": "1k", "probe-interval": 5, "probes": "no"}""", TestContext.Current.CancellationToken);

        var run = await RunAsync("run", "--directory", root.Combine("edge"), "--settings", file, "--max-body-size", "2x");

        Assert.Equal(
            $"edge: {file}: probe-interval is '5'; it takes 0.05s to 600s, written as 500ms, 5s, 2m or 1h\n"
            + $"edge: {file}: probes is no setting of the edge; `edge help` lists them\n"
            + "edge: --max-body-size is '2x'; it takes a size, or unlimited\n",
            run.Error);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var edge = await EdgeStage.StartAsync();
        using var root = new TemporaryDirectory();

        var run = await RunAsync("run", "--directory", root.Combine("other"), "--listen", edge.Public.ToString());

        Assert.Equal((2, $"edge: --listen {edge.Public}: Address already in use; stop what listens there or choose another address\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task A_folder_without_an_edge_is_named()
    {
        using var root = new TemporaryDirectory();

        var run = await RunAsync("status", "--directory", root.Path);

        Assert.Equal((1, $"edge status: no edge has run in {root.Path}; start one with `edge run --directory`\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task An_edge_in_a_deep_folder_is_reached_over_sockets_with_a_short_path()
    {
        await using var instance = await TestInstance.StartAsync();
        await using var edge = await EdgeStage.StartInAsync(Path.Combine([.. Enumerable.Repeat("a deep folder with spaces", 6)]));
        await edge.RouteAsync(instance.Address);

        edge.Kill();
        await edge.RunAsync();

        var route = edge.Control.PrivateRouteTo(Delivery.Environments.Colour.Blue);
        Assert.Single((await edge.StatusAsync()).Backends);
        Assert.True(route.SocketPath.Length < 100, route.SocketPath);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(route.SocketPath));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(route.SocketPath)!));
        Directory.Delete(Path.GetDirectoryName(route.SocketPath)!, recursive: true);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [EdgeStage.Dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var cancellation = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }
}
