using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pipeline.GitHub.Tests.Rest;

/// <summary>An HTTP server on a loopback port that answers each request with the next of its script, the last one again and again.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<Func<Request, string?>> script = new();
    private bool ended;
    private Func<Request, string?> last = _ => Answer(500, "");

    public ScriptedServer()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Address => new($"http://{listener.LocalEndpoint}/api/v3");

    public ConcurrentQueue<Request> Requests { get; } = new();

    public static string Answer(int status, string body, params string[] headers) =>
        $"HTTP/1.1 {status.ToString(CultureInfo.InvariantCulture)} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}";

    public ScriptedServer Then(int status, string body, params string[] headers) => Then(_ => Answer(status, body, headers));

    /// <summary>Null is no answer at all; a text shorter than it says is one that breaks off.</summary>
    public ScriptedServer Then(Func<Request, string?> answer)
    {
        script.Enqueue(answer);
        return this;
    }

    public void Dispose()
    {
        if (ended)
            return;
        ended = true;
        ending.Cancel();
        listener.Dispose();
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(ending.Token));
        }
        catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var stream = connection.GetStream();
        var request = await ReadAsync(stream);
        Requests.Enqueue(request);
        if (script.TryDequeue(out var next))
            last = next;
        if (last(request) is { } answer)
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        else
            await Task.Delay(Timeout.Infinite, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<Request> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[65536];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var parts = text.ToString().Split("\r\n\r\n", 2);
            if (parts.Length < 2 && read > 0)
                continue;
            var lines = parts[0].Split("\r\n");
            var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var length = headers.TryGetValue("Content-Length", out var said) ? int.Parse(said, CultureInfo.InvariantCulture) : 0;
            if (read == 0 || Encoding.UTF8.GetByteCount(parts[1]) >= length)
                return new(lines[0].Split(' ')[0], lines[0].Split(' ')[1], headers, parts[1]);
        }
    }

    internal sealed record Request(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body);
}
