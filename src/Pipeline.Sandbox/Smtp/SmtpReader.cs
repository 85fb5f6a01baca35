using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Pipeline.Sandbox.Smtp;

/// <summary>Reads commands and messages from one connection; each read ends after <see cref="SmtpLimits.IdleTimeout"/> without a byte.</summary>
internal sealed class SmtpReader(PipeReader pipe, SmtpLimits limits, TimeProvider time)
{
    /// <summary>The next command without its line end; null when the client is gone.</summary>
    /// <exception cref="InvalidDataException">The line is longer than allowed; it is skipped.</exception>
    public async Task<string?> ReadCommandAsync(CancellationToken cancellation)
    {
        var skipped = false;
        while (true)
        {
            var read = await ReadAsync(cancellation);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end);
                var text = Encoding.UTF8.GetString(line).TrimEnd('\r');
                var tooLong = skipped || line.Length > limits.LongestCommand;
                pipe.AdvanceTo(read.Buffer.GetPosition(1, end));
                return tooLong ? throw new InvalidDataException("line too long") : text;
            }
            skipped |= read.Buffer.Length > limits.LongestCommand;
            pipe.AdvanceTo(skipped ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    /// <summary>The message after DATA; null when the client is gone before its end.</summary>
    public async Task<DotUnstuffing?> ReadMessageAsync(CancellationToken cancellation)
    {
        var message = new DotUnstuffing(limits.LargestMessage);
        while (true)
        {
            var read = await ReadAsync(cancellation);
            var consumed = read.Buffer.Start;
            foreach (var segment in read.Buffer)
            {
                var (taken, ended) = message.Append(segment.Span);
                consumed = read.Buffer.GetPosition(taken, consumed);
                if (!ended)
                    continue;
                pipe.AdvanceTo(consumed);
                return message;
            }
            pipe.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return null;
        }
    }

    private async Task<ReadResult> ReadAsync(CancellationToken cancellation)
    {
        using var idle = new CancellationTokenSource(limits.IdleTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellation);
        try
        {
            return await pipe.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }
}
