using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Pipeline.Edge.Control;

namespace Pipeline.Benchmarks.Edge;

/// <summary>The server and the proxies in front of it, each a process of its own.</summary>
internal sealed class ProxyStage : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pipeline-edge-benchmark").FullName;
    private readonly Dictionary<string, Process> processes = [];

    public Task<int> StartBackendAsync(CancellationToken cancellation) => StartBackendAsync("backend", cancellation);

    /// <summary>A server that answers everything with 1 kB.</summary>
    public Task<int> StartBackendAsync(string name, CancellationToken cancellation) => StartNginxAsync(
        name, 1, port => $"server {{ listen 127.0.0.1:{port}; keepalive_requests 100000000; location / {{ default_type text/plain; return 200 '{new string('x', 1000)}'; }} }}", cancellation);

    public Task<int> StartNginxAsync(int backend, CancellationToken cancellation) => StartNginxAsync(
        "nginx", Environment.ProcessorCount,
        port => $"upstream up {{ server 127.0.0.1:{backend}; keepalive 64; keepalive_requests 100000000; }} "
            + $"server {{ listen 127.0.0.1:{port}; keepalive_requests 100000000; location / {{ proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ''; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; }} }}",
        cancellation);

    public async Task<int> StartHaproxyAsync(int backend, CancellationToken cancellation)
    {
        var port = EdgeBenchmark.FreePort();
        var file = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(file, $"""
            global
              maxconn 4096
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 60s
              http-reuse always
              option forwardfor
            frontend in
              bind 127.0.0.1:{port}
              default_backend out
            backend out
              server one 127.0.0.1:{backend} check

            """, cancellation);
        Start("HAProxy", "haproxy", "-db", "-f", file);
        return await ListeningAsync(port, cancellation);
    }

    public async Task<int> StartYarpAsync(int backend, CancellationToken cancellation)
    {
        var port = EdgeBenchmark.FreePort();
        Start("plain YARP", "dotnet", Programs.Path("yarp", "Pipeline.Benchmarks.Yarp.dll"), $"http://127.0.0.1:{port}", $"http://127.0.0.1:{backend}");
        return await ListeningAsync(port, cancellation);
    }

    public async Task<int> StartEdgeAsync(int backend, CancellationToken cancellation)
    {
        var port = EdgeBenchmark.FreePort();
        var program = Programs.Path("edge", "Pipeline.Edge.dll");
        var edge = Path.Combine(folder, "edge");
        StartWith(EdgeRuntime.Variables, "edge", "dotnet", program, "run", "--directory", edge, "--listen", $"127.0.0.1:{port}", "--probe-path", "/");
        // Its port is open a moment before it takes orders.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var route = Process.Start(new ProcessStartInfo("dotnet",
                [program, "route", "--directory", edge, "--backend", $"blue,sha256:{new string('a', 64)},100,http://127.0.0.1:{backend}"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await route.WaitForExitAsync(cancellation);
            if (route.ExitCode == 0)
                return port;
        }
        throw new InvalidOperationException("the edge did not take its routes");
    }

    /// <summary>The processor time that a proxy and its workers have used.</summary>
    public TimeSpan ProcessorTime(string proxy)
    {
        var main = processes[proxy].Id;
        int[] all = [main, .. File.ReadAllText($"/proc/{main}/task/{main}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        return all.Aggregate(TimeSpan.Zero, (sum, id) =>
        {
            using var process = Process.GetProcessById(id);
            return sum + process.TotalProcessorTime;
        });
    }

    /// <summary>Ends one of the servers at once.</summary>
    public async Task StopAsync(string name)
    {
        processes.Remove(name, out var process);
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public void Dispose()
    {
        foreach (var process in processes.Values)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    private async Task<int> StartNginxAsync(string name, int workers, Func<int, string> server, CancellationToken cancellation)
    {
        var port = EdgeBenchmark.FreePort();
        var file = Path.Combine(folder, $"{name}.conf");
        var own = Path.Combine(folder, name);
        Directory.CreateDirectory(own);
        await File.WriteAllTextAsync(file, $"daemon off; pid {own}/pid; error_log {own}/error.log; worker_processes {workers}; events {{ worker_connections 4096; }} "
            + $"http {{ access_log off; client_body_temp_path {own}/body; proxy_temp_path {own}/proxy; fastcgi_temp_path {own}/f; uwsgi_temp_path {own}/u; scgi_temp_path {own}/s; {server(port)} }}", cancellation);
        Start(name, "nginx", "-p", own, "-c", file, "-e", Path.Combine(own, "error.log"));
        return await ListeningAsync(port, cancellation);
    }

    private void Start(string name, string program, params string[] arguments) => StartWith(new Dictionary<string, string>(), name, program, arguments);

    private void StartWith(IReadOnlyDictionary<string, string> variables, string name, string program, params string[] arguments)
    {
        var path = new[] { $"/usr/sbin/{program}" }.FirstOrDefault(File.Exists) ?? program;
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true };
        foreach (var (variable, value) in variables)
            start.Environment[variable] = value;
        processes.Add(name, Process.Start(start)!);
    }

    private static async Task<int> ListeningAsync(int port, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
                return port;
            }
            catch (SocketException)
            {
                await Task.Delay(50, cancellation);
            }
        }
        throw new InvalidOperationException($"nothing listens on port {port}; is haproxy and nginx installed (apt-get install haproxy nginx-light wrk)?");
    }
}
