using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Relay.Targets;

namespace Pipeline.Relay.Tests;

[SuppressMessage("Reliability", "CA2025", Justification = "What goes both ways at once is awaited before the connection goes.")]
public sealed class SessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_byte_comes_through_in_both_directions_at_once()
    {
        await using var stage = await SessionStage.StartAsync();
        var echo = stage.Serve(stream => stream.CopyToAsync(stream));
        var sent = RandomNumberGenerator.GetBytes(3_000_001);
        await using var connection = await stage.Session.ConnectAsync(echo, Cancellation);

        var sending = SendAsync(connection, sent);
        var received = await ReadAllAsync(connection);
        await sending;

        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task An_answer_comes_back_after_the_question_has_ended()
    {
        await using var stage = await SessionStage.StartAsync();
        var target = stage.Serve(async stream =>
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            var question = await reader.ReadToEndAsync();
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"{question}!"));
        });
        await using var connection = await stage.Session.ConnectAsync(target, Cancellation);

        await SendAsync(connection, "question"u8.ToArray());

        Assert.Equal("question!", Encoding.UTF8.GetString(await ReadAllAsync(connection)));
    }

    [Fact]
    public async Task Who_waits_for_a_connection_over_a_way_that_takes_no_bytes_can_stop_waiting()
    {
        var blocked = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 0));
        var session = new RelaySession(Stream.Null, blocked.Writer.AsStream());
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.ConnectAsync(RelayTarget.Parse("tcp:127.0.0.1:1"), stop.Token));

        await blocked.Reader.CompleteAsync();
        session.Dispose();
    }

    [Fact]
    public async Task Many_connections_share_a_session()
    {
        await using var stage = await SessionStage.StartAsync();
        var echo = stage.Serve(stream => stream.CopyToAsync(stream));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            await using var connection = await stage.Session.ConnectAsync(echo, Cancellation);
            await SendAsync(connection, Encoding.UTF8.GetBytes($"{number}"));
            return Encoding.UTF8.GetString(await ReadAllAsync(connection));
        }));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => $"{number}"), answers);
    }

    [Fact]
    public async Task A_connection_that_nobody_reads_holds_up_no_other()
    {
        await using var stage = await SessionStage.StartAsync();
        var flood = stage.Serve(async stream =>
        {
            var block = new byte[64 * 1024];
            for (var sent = 0; sent < 200; sent++)
                await stream.WriteAsync(block);
        });
        var echo = stage.Serve(stream => stream.CopyToAsync(stream));
        await using var unread = await stage.Session.ConnectAsync(flood, Cancellation);
        await using var read = await stage.Session.ConnectAsync(echo, Cancellation);

        await SendAsync(read, new byte[1_000_000]);

        Assert.Equal(1_000_000, (await ReadAllAsync(read)).Length);
        Assert.Equal(200 * 64 * 1024, (await ReadAllAsync(unread)).Length);
    }

    [Fact]
    public async Task A_target_where_nobody_listens_is_named()
    {
        await using var stage = await SessionStage.StartAsync();
        var port = LoopbackPort.Free();

        var fault = await Assert.ThrowsAsync<RelayException>(() => stage.Session.ConnectAsync(RelayTarget.ToTcp("127.0.0.1", port), Cancellation));

        Assert.Equal($"relay: tcp:127.0.0.1:{port}: Connection refused", fault.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_there_breaks_here_and_no_other_does()
    {
        await using var stage = await SessionStage.StartAsync();
        var reset = stage.Serve(stream =>
        {
            stream.Socket.Close(0);
            return Task.CompletedTask;
        });
        var echo = stage.Serve(stream => stream.CopyToAsync(stream));
        await using var other = await stage.Session.ConnectAsync(echo, Cancellation);

        await Assert.ThrowsAsync<RelayException>(async () =>
        {
            await using var broken = await stage.Session.ConnectAsync(reset, Cancellation);
            await ReadAllAsync(broken);
        });

        await SendAsync(other, "still here"u8.ToArray());
        Assert.Equal("still here", Encoding.UTF8.GetString(await ReadAllAsync(other)));
    }

    [Fact]
    public async Task A_connection_closed_here_is_closed_there()
    {
        await using var stage = await SessionStage.StartAsync();
        var ended = new TaskCompletionSource();
        var target = stage.Serve(async stream =>
        {
            await stream.CopyToAsync(Stream.Null).ContinueWith(_ => ended.TrySetResult(), TaskScheduler.Default);
        });

        var connection = await stage.Session.ConnectAsync(target, Cancellation);
        await connection.DisposeAsync();

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        await Assert.ThrowsAsync<RelayException>(() => connection.WriteAsync("late"u8.ToArray(), Cancellation).AsTask());
    }

    [Fact]
    public async Task The_end_of_a_session_ends_its_connections_and_is_named_by_new_ones()
    {
        await using var stage = await SessionStage.StartAsync();
        var silent = stage.Serve(stream => stream.CopyToAsync(Stream.Null));
        await using var connection = await stage.Session.ConnectAsync(silent, Cancellation);
        var reading = ReadAllAsync(connection);

        stage.Near.Socket.Shutdown(SocketShutdown.Both);

        await Assert.ThrowsAsync<RelayException>(() => reading);
        var fault = await Assert.ThrowsAsync<RelayException>(() => stage.Session.ConnectAsync(silent, Cancellation));
        Assert.StartsWith($"relay: {silent}: the session is over", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_than_a_relay_is_shown()
    {
        var (near, far) = await SessionStage.PairAsync();
        using var ours = new NetworkStream(near, ownsSocket: true);
        using var theirs = new NetworkStream(far, ownsSocket: true);
        using var session = new RelaySession(ours, ours);
        await theirs.WriteAsync("sh: edge: not found\n"u8.ToArray(), Cancellation);

        var fault = await Assert.ThrowsAsync<RelayException>(() => session.AwaitGreetingAsync(Cancellation));

        Assert.Equal("relay: instead of its greeting came 'sh: edge: not fou'; is the program there a relay of this version?", fault.Message);
    }

    internal static async Task SendAsync(RelayStream connection, byte[] bytes)
    {
        await connection.WriteAsync(bytes, Cancellation);
        await connection.EndWritingAsync();
    }

    internal static async Task<byte[]> ReadAllAsync(RelayStream connection)
    {
        using var all = new MemoryStream();
        await connection.CopyToAsync(all, Cancellation);
        return all.ToArray();
    }
}
