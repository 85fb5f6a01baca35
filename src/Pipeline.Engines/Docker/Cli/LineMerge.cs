using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Pipeline.Engines.Docker.Cli;

/// <summary>The lines of two outputs of one command in the order in which they come.</summary>
internal sealed class LineMerge(StreamReader output, StreamReader errors)
{
    private readonly Channel<string> lines = Channel.CreateBounded<string>(256);

    /// <summary>The last line that came from standard error.</summary>
    internal string LastOfErrors { get; private set; } = "";

    internal async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var pumps = Task.WhenAll(PumpAsync(output, _ => { }, cancellation), PumpAsync(errors, line => LastOfErrors = line, cancellation));
        var end = pumps.ContinueWith(done => lines.Writer.TryComplete(done.Exception?.InnerException), cancellation, TaskContinuationOptions.None, TaskScheduler.Default);
        await foreach (var line in lines.Reader.ReadAllAsync(cancellation))
            yield return line;
        await end;
    }

    private async Task PumpAsync(StreamReader reader, Action<string> note, CancellationToken cancellation)
    {
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            note(line);
            await lines.Writer.WriteAsync(line, cancellation);
        }
    }
}
