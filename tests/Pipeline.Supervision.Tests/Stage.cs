using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Pipeline.Supervision.Tests;

/// <summary>A folder for supervised processes; whatever a test leaves running in it is stopped at its end.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly TemporaryDirectory root = new();

    public Supervisors Supervisors { get; } = new(SupervisorDll, TimeProvider.System);

    public static string SupervisorDll { get; } = Path.Combine(AppContext.BaseDirectory, "Pipeline.Supervisor.dll");

    public static string ListenerDll { get; } = Path.Combine(AppContext.BaseDirectory, "Pipeline.Testing.Listener.dll");

    public string Root => root.Path;

    public string Folder(string name) => root.Combine("processes", name);

    /// <summary>A shell script as a process.</summary>
    public ProcessSpecification Script(string text, string name = "the process") => new()
    {
        Directory = Folder(name),
        FileName = "/bin/sh",
        Arguments = ["-c", text],
        StopTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>A server behind a socket that the supervisor holds.</summary>
    public ProcessSpecification Listener(int port, string name = "one") => new()
    {
        Directory = Folder("listener"),
        FileName = "dotnet",
        Arguments = [ListenerDll],
        Environment = new Dictionary<string, string> { ["NAME"] = name },
        Listen = [$"127.0.0.1:{port}"],
        StopTimeout = TimeSpan.FromSeconds(20),
    };

    /// <summary>Kills the supervisor as nothing but a lack of memory or an angry operator does.</summary>
    public static async Task KillSupervisorAsync(string directory)
    {
        await KillAsync(SupervisorId(directory));
    }

    /// <summary>Kills a process and returns when it is dead: until then it may still accept a connection.</summary>
    public static async Task KillAsync(int? processId)
    {
        using var process = Process.GetProcessById(processId!.Value);
        process.Kill();
        await Eventually.HoldsAsync(() => !IsAlive(processId), "the process is dead");
    }

    public static int SupervisorId(string directory) => State(directory)["supervisor"]!["processId"]!.GetValue<int>();

    public static JsonNode State(string directory) => JsonNode.Parse(File.ReadAllText(Path.Combine(directory, "state.json")))!;

    public static void Rewrite(string directory, Action<JsonNode> change)
    {
        var state = State(directory);
        change(state);
        File.WriteAllText(Path.Combine(directory, "state.json"), state.ToJsonString());
    }

    /// <summary>Whether a process of this number is alive; a zombie that nobody waited for is not.</summary>
    public static bool IsAlive(int? processId) =>
        File.Exists($"/proc/{processId}/stat") && !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>What a server answers to one request on a connection of its own.</summary>
    public static async Task<string> AskAsync(int port)
    {
        using var connection = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var cancellation = TestContext.Current.CancellationToken;
        await connection.ConnectAsync(IPAddress.Loopback, port, cancellation);
        await connection.SendAsync("GET / HTTP/1.1\r\nHost: test\r\n\r\n"u8.ToArray(), cancellation);
        using var reader = new StreamReader(new NetworkStream(connection));
        var answer = await reader.ReadToEndAsync(cancellation);
        return answer[(answer.LastIndexOf('\n') + 1)..];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Supervisors.ObserveAll(root.Combine("processes")))
            await Supervisors.StopAsync(process.Specification.Directory, CancellationToken.None);
        root.Dispose();
    }
}
