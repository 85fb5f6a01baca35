using System.Net.WebSockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Edge.Tests.Forwarding;

public sealed class StreamingTests
{
    private const int Large = 48 * 1024 * 1024;

    [Fact]
    public async Task The_beginning_of_an_answer_arrives_before_its_end_is_written()
    {
        var goOn = new TaskCompletionSource();
        await using var instance = await TestInstance.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("data: first\n\n");
            await goOn.Task;
            await context.Response.WriteAsync("data: second\n\n");
        });
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        var cancellation = TestContext.Current.CancellationToken;

        using var response = await edge.Client.GetAsync(edge.Url, HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        var first = await reader.ReadLineAsync(cancellation);
        goOn.SetResult();
        var rest = await reader.ReadToEndAsync(cancellation);

        Assert.Equal("data: first", first);
        Assert.Equal("\ndata: second\n\n", rest);
    }

    [Fact]
    public async Task The_beginning_of_a_body_arrives_before_its_end_is_sent()
    {
        const int Half = 256 * 1024;
        var received = 0L;
        await using var instance = await TestInstance.StartAsync(async context =>
        {
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
                Interlocked.Add(ref received, read);
        });
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        using var socket = new System.Net.Sockets.TcpClient();
        var cancellation = TestContext.Current.CancellationToken;
        await socket.ConnectAsync(edge.Public, cancellation);
        var stream = socket.GetStream();

        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {2 * Half}\r\nConnection: close\r\n\r\n"), cancellation);
        await stream.WriteAsync(new byte[Half], cancellation);
        await Eventually.HoldsAsync(() => Interlocked.Read(ref received) > Half / 2, "the first half reaches the instance");
        await stream.WriteAsync(new byte[Half], cancellation);
        using var reader = new StreamReader(stream);

        Assert.StartsWith("HTTP/1.1 200 ", await reader.ReadToEndAsync(cancellation), StringComparison.Ordinal);
        Assert.Equal(2 * Half, received);
    }

    [Fact]
    public async Task A_large_upload_arrives_whole()
    {
        var received = Array.Empty<byte>();
        await using var instance = await TestInstance.StartAsync(async context => received = await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted));
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        var sent = new byte[Large];
        new Random(1).NextBytes(sent);
        using var content = new ByteArrayContent(sent);

        using var response = await edge.Client.PostAsync(edge.Url, content, TestContext.Current.CancellationToken);

        Assert.Equal(SHA256.HashData(sent), received);
    }

    [Fact]
    public async Task A_large_download_arrives_whole()
    {
        var sent = new byte[Large];
        new Random(1).NextBytes(sent);
        await using var instance = await TestInstance.StartAsync(context => context.Response.Body.WriteAsync(sent, context.RequestAborted).AsTask());
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);

        var received = await edge.Client.GetByteArrayAsync(edge.Url, TestContext.Current.CancellationToken);

        Assert.True(sent.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_the_instance_back()
    {
        var written = 0L;
        await using var instance = await TestInstance.StartAsync(async context =>
        {
            context.Response.ContentLength = Large * 4L;
            var block = new byte[64 * 1024];
            while (written < Large * 4L)
            {
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
                Interlocked.Add(ref written, block.Length);
            }
        });
        await using var edge = await EdgeStage.StartAsync("--min-body-rate", "0");
        await edge.RouteAsync(instance.Address);

        using var response = await edge.Client.GetAsync(edge.Url, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var last = -1L;
        await Eventually.HoldsAsync(async () =>
        {
            await Task.Delay(300, TestContext.Current.CancellationToken);
            var now = Interlocked.Read(ref written);
            var stalled = now == last && now > 0;
            last = now;
            return stalled;
        }, "the instance waits for the client");

        Assert.True(last < Large, $"{last} bytes were taken from the instance for a client that reads nothing");
    }

    [Fact]
    public async Task A_client_that_reads_too_slowly_is_let_go_and_is_no_failure_of_the_release()
    {
        await using var instance = await TestInstance.StartAsync(async context =>
        {
            var block = new byte[64 * 1024];
            while (true)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });
        await using var edge = await EdgeStage.StartAsync("--min-body-rate", "1000000");
        await edge.RouteAsync(instance.Address);

        using var response = await edge.Client.GetAsync(edge.Url, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        await Eventually.HoldsAsync(async () => (await edge.StatusAsync()).Backends[0].InFlight == 0, "the slow client is let go");
        Assert.Equal(0, (await edge.StatusAsync()).Backends[0].Traffic.Failures);
    }

    [Fact]
    public async Task A_WebSocket_passes_messages_both_ways_and_its_end()
    {
        await using var instance = await TestInstance.StartAsync(EchoSocketAsync);
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);
        var cancellation = TestContext.Current.CancellationToken;

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{edge.Public}/socket"), cancellation);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        var buffer = new byte[100];
        var echoed = await socket.ReceiveAsync(buffer, cancellation);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", cancellation);

        Assert.Equal("hello", System.Text.Encoding.UTF8.GetString(buffer, 0, echoed.Count));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task A_body_is_asked_for_only_when_the_instance_wants_it()
    {
        await using var instance = await TestInstance.StartAsync(async context =>
        {
            if (context.Request.Path == "/no")
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            else
                await context.Request.Body.CopyToAsync(context.Response.Body);
        });
        await using var edge = await EdgeStage.StartAsync();
        await edge.RouteAsync(instance.Address);

        using var refusing = new System.Net.Sockets.TcpClient();
        await refusing.ConnectAsync(edge.Public, TestContext.Current.CancellationToken);
        var stream = refusing.GetStream();
        await stream.WriteAsync("POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\nExpect: 100-continue\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var refused = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        var wanted = await edge.SendRawAsync("POST /yes HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\nbody");

        Assert.StartsWith("HTTP/1.1 401 ", refused, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", wanted, StringComparison.Ordinal);
        Assert.EndsWith("body", wanted.TrimEnd('\r', '\n', '0'), StringComparison.Ordinal);
    }

    internal static async Task EchoSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[1024];
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, context.RequestAborted);
            if (message.MessageType == WebSocketMessageType.Close)
                break;
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
    }
}
