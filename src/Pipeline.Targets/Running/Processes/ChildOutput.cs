using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Pipeline.Targets.Output;

namespace Pipeline.Targets.Running;

/// <summary>The lines of one stream of a child process: passed on to a target's output, or kept for the one who started the child.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The collection holds no handle; its reader may outlive the process.")]
internal sealed class ChildOutput
{
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(2);
    private readonly BlockingCollection<string> lines = [];
    private readonly ManualResetEventSlim ended = new();
    private readonly Action<string> take;
    private long lastLine = Environment.TickCount64;

    private ChildOutput(Action<ChildOutput, string> take) => this.take = line => take(this, line);

    internal static ChildOutput To(LineStream stream) => new((_, line) => stream.Write(line + "\n"));

    internal static ChildOutput ForReader(Func<string?, string?>? handler) => new((output, line) =>
    {
        if ((handler is null ? line : handler(line)) is { } kept)
            output.lines.Add(kept);
    });

    /// <summary>Takes a line; null ends the stream.</summary>
    internal void Take(string? line)
    {
        lastLine = Environment.TickCount64;
        if (line is not null)
        {
            take(line);
            return;
        }

        lines.CompleteAdding();
        ended.Set();
    }

    internal IEnumerable<string> Lines() => lines.GetConsumingEnumerable();

    /// <summary>
    /// Waits for the end of the stream, once the process has ended. A grandchild that stays behind, such as a compiler server, may hold the
    /// stream open for ever: then silence counts as the end.
    /// </summary>
    internal void WaitForEnd()
    {
        while (!ended.Wait(TimeSpan.FromMilliseconds(50)))
        {
            if (Environment.TickCount64 - lastLine > MostSilence.TotalMilliseconds)
                return;
        }
    }
}
