using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Pipeline.Relay.Frames;
using Pipeline.Relay.Targets;

namespace Pipeline.Relay;

/// <summary>
/// Many connections over one pair of streams, such as the standard input and output of <c>docker exec -i</c>: one end opens them
/// (<see cref="ConnectAsync"/>), the other joins them with sockets of its own (<see cref="ServeAsync"/>).
/// </summary>
public sealed class RelaySession : IDisposable
{
    private readonly FrameReader reader;
    private readonly FrameWriter writer;
    private readonly ConcurrentDictionary<uint, RelayStream> connections = new();
    private uint lastNumber;
    private volatile Exception? over;

    /// <summary>One end of a session.</summary>
    /// <param name="input">What comes from the other end.</param>
    /// <param name="output">What goes there; written in whole frames and flushed after each.</param>
    public RelaySession(Stream input, Stream output)
    {
        reader = new FrameReader(input);
        writer = new FrameWriter(output);
    }

    /// <summary>Waits for the greeting of the end that serves.</summary>
    /// <exception cref="RelayException">Something else came.</exception>
    public Task AwaitGreetingAsync(CancellationToken cancellation) => reader.ReadGreetingAsync(cancellation);

    /// <summary>Carries what comes for the connections opened here, until the other end closes.</summary>
    public Task CarryAsync(CancellationToken cancellation) => ReadAllAsync(serving: false, cancellation);

    /// <summary>Greets, then joins every connection that the other end asks for with its target, until the other end closes.</summary>
    public async Task ServeAsync(CancellationToken cancellation)
    {
        await writer.GreetAsync(cancellation);
        await ReadAllAsync(serving: true, cancellation);
    }

    /// <summary>Opens a connection to a target as the other end sees it.</summary>
    /// <exception cref="RelayException">Nobody answers there, or the session is over; the message says which.</exception>
    public async Task<RelayStream> ConnectAsync(RelayTarget target, CancellationToken cancellation)
    {
        var connection = Add(Interlocked.Increment(ref lastNumber));
        try
        {
            if (over is { } reason)
                throw new RelayException($"relay: {target}: the session is over ({reason.Message})", reason);
            // A frame is written whole, however long the way is blocked; who asked for it need not wait for that.
            await writer.WriteAsync(connection.Number, FrameKind.Open, Encoding.UTF8.GetBytes(target.ToString())).AsTask().WaitAsync(cancellation);
            await connection.Opened.WaitAsync(cancellation);
            return connection;
        }
        catch (OperationCanceledException)
        {
            _ = connection.DisposeAsync().AsTask();
            throw;
        }
        catch (Exception problem) when (problem is not RelayException)
        {
            await connection.DisposeAsync();
            throw new RelayException($"relay: {target}: the session is over ({problem.Message})", problem);
        }
    }

    /// <summary>Breaks what is open.</summary>
    public void Dispose()
    {
        BreakAll(new RelayException("relay: the session was closed"));
        writer.Dispose();
    }

    private async Task ReadAllAsync(bool serving, CancellationToken cancellation)
    {
        try
        {
            while (await reader.ReadAsync(cancellation) is { } frame)
            {
                if (frame.Kind == FrameKind.Open && serving)
                    _ = JoinAsync(Add(frame.Connection), Encoding.UTF8.GetString(frame.Payload.Span), cancellation);
                else if (connections.TryGetValue(frame.Connection, out var connection))
                    await DeliverAsync(connection, frame);
            }
            BreakAll(new RelayException("relay: the other end closed the session"));
        }
        catch (Exception problem)
        {
            BreakAll(problem);
            throw;
        }
    }

    private static async ValueTask DeliverAsync(RelayStream connection, Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Opened:
                connection.Open();
                break;
            case FrameKind.Refused:
                connection.Break(new RelayException(Encoding.UTF8.GetString(frame.Payload.Span)) { NobodyListens = true });
                break;
            case FrameKind.Data:
                await connection.ReceiveAsync(frame.Payload);
                break;
            case FrameKind.End:
                connection.TheirEnd();
                break;
            case FrameKind.Reset:
                connection.Break(new RelayException("relay: the connection was broken off at the other end"));
                break;
            case FrameKind.Credit:
                connection.Credit(BinaryPrimitives.ReadInt32BigEndian(frame.Payload.Span));
                break;
        }
    }

    private async Task JoinAsync(RelayStream connection, string target, CancellationToken cancellation)
    {
        try
        {
            using var socket = await RelayTarget.Parse(target).ConnectAsync(cancellation);
            await writer.WriteAsync(connection.Number, FrameKind.Opened, default);
            await Splice.RunAsync(connection, socket, cancellation);
        }
        catch (RelayException problem)
        {
            await RefuseAsync(connection, problem.Message);
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The session is over; whoever opened the connection learns it from that.
            connection.Break(problem);
        }
    }

    private async Task RefuseAsync(RelayStream connection, string reason)
    {
        connections.TryRemove(connection.Number, out _);
        try
        {
            await writer.WriteAsync(connection.Number, FrameKind.Refused, Encoding.UTF8.GetBytes(reason));
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            connection.Break(problem);
        }
    }

    private RelayStream Add(uint number) => connections.GetOrAdd(number, _ => new RelayStream(number, writer, forgotten => connections.TryRemove(forgotten, out var _)));

    private void BreakAll(Exception reason)
    {
        over ??= reason;
        foreach (var connection in connections.Values)
            connection.Break(reason);
    }
}
