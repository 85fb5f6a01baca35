using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Traffic;
using Pipeline.Edge.Control;
using Pipeline.Supervision;

namespace Pipeline.Edge.Tests.Stage;

/// <summary>An edge as a process of its own, with a folder of its own, for one test or one class of tests.</summary>
public sealed class EdgeStage : IAsyncDisposable
{
    private readonly TemporaryDirectory root = new();
    private readonly StringBuilder log = new();
    private Process? process;
    private long token;

    private EdgeStage(string folder)
    {
        Directory = root.Combine(folder);
        Control = ControlOf(Directory);
        Client = NewClient();
    }

    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "Pipeline.Edge.dll");

    public static Digest Release { get; } = Digest.Parse("sha256:" + new string('a', 64));

    public static Digest OtherRelease { get; } = Digest.Parse("sha256:" + new string('b', 64));

    public string Directory { get; }

    public SupervisedEdge Control { get; }

    public HttpClient Client { get; }

    public IPEndPoint Public { get; private set; } = new(IPAddress.Loopback, 0);

    public Uri Url => new($"http://{Public}");

    public int ProcessId => process!.Id;

    public string Log
    {
        get
        {
            lock (log)
                return log.ToString();
        }
    }

    public static async Task<EdgeStage> StartAsync(params string[] settings)
    {
        var stage = new EdgeStage("edge");
        await stage.RunAsync(settings);
        return stage;
    }

    public static async Task<EdgeStage> StartInAsync(string folder, params string[] settings)
    {
        var stage = new EdgeStage(folder);
        await stage.RunAsync(settings);
        return stage;
    }

    public static SupervisedEdge ControlOf(string directory) => new(
        "testing", directory, new Uri("http://127.0.0.1:1"), Dll,
        new Supervisors(Path.Combine(AppContext.BaseDirectory, "Pipeline.Supervisor.dll"), TimeProvider.System), TimeProvider.System, new EdgeSettings());

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2000", Justification = "The client owns its handler.")]
    public static HttpClient NewClient() => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Starts the edge again in the same folder; on the same port when it had one.</summary>
    public async Task RunAsync(params string[] settings)
    {
        process = Process.Start(new ProcessStartInfo("dotnet", [Dll, "run", "--directory", Directory, "--listen", Public.ToString(), .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Read(line.Data, ready);
        process.ErrorDataReceived += (_, line) => Read(line.Data, ready);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var listening = await ready.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Public = IPEndPoint.Parse(listening.Split(" listens on ")[1].Split(" as process")[0]);
    }

    /// <summary>All traffic to one side with these instances.</summary>
    public Task RouteAsync(params Uri[] instances) => ApplyAsync(Side(Colour.Blue, Release, 100, instances));

    public Task ApplyAsync(params Backend[] backends) =>
        Control.ApplyAsync(new EdgeRoutes(backends), new FencingToken(++token), TestContext.Current.CancellationToken);

    public static Backend Side(Colour colour, Digest digest, int weight, params Uri[] instances) =>
        new(colour, digest, weight, [.. instances.Select((address, index) => new Destination($"{colour.Name()}-{index + 1}", address))]);

    public async Task<EdgeStatus> StatusAsync() => (await Control.ObserveAsync(TestContext.Current.CancellationToken))!;

    /// <summary>Sends bytes as they are on a connection of their own and returns all that comes back until the edge closes it.</summary>
    public async Task<string> SendRawAsync(string bytes)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var cancellation = TestContext.Current.CancellationToken;
        await socket.ConnectAsync(Public, cancellation);
        await socket.SendAsync(Encoding.Latin1.GetBytes(bytes), cancellation);
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.Latin1);
        return await reader.ReadToEndAsync(cancellation).WaitAsync(TimeSpan.FromSeconds(20), cancellation);
    }

    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM.</summary>
    public Process Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        return process!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (process is { HasExited: false })
            process.Kill();
        if (process is not null)
            await process.WaitForExitAsync(CancellationToken.None);
        process?.Dispose();
        root.Dispose();
    }

    private void Read(string? line, TaskCompletionSource<string> ready)
    {
        lock (log)
            log.AppendLine(line);
        if (line?.Contains(" listens on ", StringComparison.Ordinal) == true)
            ready.TrySetResult(line);
        else if (line is null && process!.HasExited)
            ready.TrySetException(new InvalidOperationException($"the edge ended before it was ready:\n{log}"));
    }
}
