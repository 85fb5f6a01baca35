using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Control;

namespace Pipeline.Edge.Tests.Stage;

/// <summary>Edges without a supervisor that share a folder and an address, as the edge containers of an environment do.</summary>
public sealed class SharedStage : IAsyncDisposable
{
    private const int Port = 8080;
    private readonly TemporaryDirectory root = new();
    private readonly ConcurrentBag<Process> processes = [];
    private readonly ConcurrentQueue<string> log = new();
    private long token;

    private SharedStage(NetworkSpace space)
    {
        Space = space;
        Directory = root.Combine("edge");
        Control = EdgeStage.ControlOf(Directory);
    }

    public NetworkSpace Space { get; }

    public string Directory { get; }

    public SupervisedEdge Control { get; }

    public Uri Url => new($"http://{Space.Inside}:{Port}");

    /// <summary>Where a door listens: on this machine, while the edges behind it are in the other network.</summary>
    public IPEndPoint Door { get; } = new(IPAddress.Loopback, LoopbackPort.Free());

    public string Log => string.Join('\n', log);

    public static async Task<SharedStage> CreateAsync() => new(await NetworkSpace.CreateAsync());

    /// <summary>Starts <c>edge run</c> or <c>edge keep</c>.</summary>
    public Process Start(string command, string name, params string[] settings)
    {
        string[] sharing = command == "run" ? ["--share-port"] : [];
        return Follow(name, Space.Start(["dotnet", EdgeStage.Dll, command, "--directory", Directory, "--listen", $"0.0.0.0:{Port}", "--name", name, .. sharing, .. settings]));
    }

    /// <summary>Starts <c>edge door</c>, in this machine's network.</summary>
    public Process StartDoor() => Follow("door", Process.Start(
        new ProcessStartInfo("dotnet", [EdgeStage.Dll, "door", "--directory", Directory, "--listen", $"{Door}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!);

    /// <summary>Starts <c>edge run</c> or <c>edge keep</c> behind the door, in the other network.</summary>
    public Process StartBehindDoor(string command, string name) =>
        Follow(name, Space.Start(["dotnet", EdgeStage.Dll, command, "--directory", Directory, "--door", "--name", name]));

    private Process Follow(string name, Process process)
    {
        process.OutputDataReceived += (_, line) => log.Enqueue($"{name}: {line.Data}");
        process.ErrorDataReceived += (_, line) => log.Enqueue($"{name}: {line.Data}");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        processes.Add(process);
        return process;
    }

    public Task ServesAsync(string name) => Eventually.HoldsAsync(async () => await ServingAsync() == name, $"{name} serves\n{Log}");

    public Task ListensAsync(Process door) => Eventually.HoldsAsync(() => log.Any(line => line.EndsWith($"as process {door.Id}", StringComparison.Ordinal)), $"the door listens\n{Log}");

    /// <summary>The name of the edge that answers orders; null when none does.</summary>
    public async Task<string?> ServingAsync()
    {
        using var order = Process.Start(new ProcessStartInfo("dotnet", [EdgeStage.Dll, "status", "--directory", Directory, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = await order.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await order.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (order.ExitCode != 0)
            return null;
        using var status = JsonDocument.Parse(text);
        return status.RootElement.GetProperty("name").GetString();
    }

    public Task RouteAsync(Uri instance) => Control.ApplyAsync(
        new EdgeRoutes([EdgeStage.Side(Colour.Blue, EdgeStage.Release, 100, instance)]), new FencingToken(++token), TestContext.Current.CancellationToken);

    public static async Task TerminateAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
        await Space.DisposeAsync();
        root.Dispose();
    }
}
