using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Targets.Output;

/// <summary>How a target ended, as the display and the report tell it.</summary>
internal enum TargetOutcome
{
    Succeeded,
    UpToDate,
    Skipped,
    Failed,
    Handled,
    Cancelled,
    NotRun,
}

/// <summary>
/// Shows the run. One target is in front and its lines are shown as they come; those of the others wait until they are in front or have
/// finished, so that each target's output stays together.
/// </summary>
[SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "The writer is the console's, which outlives the run.")]
internal sealed class RunDisplay : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private readonly TextWriter writer;
    private readonly DisplayStyle style;
    private readonly LiveArea? live;
    private readonly TimeProvider time;
    private readonly List<Running> running = [];
    private readonly List<(Running Target, IReadOnlyList<string> After)> finished = [];
    private readonly ITimer timer;
    private Running? front;
    private long lastWrite;
    private int done;
    private int total;
    private int stillness;
    private bool closed;

    internal RunDisplay(TextWriter writer, DisplayStyle style, LiveArea? live, TimeProvider time)
    {
        this.writer = writer;
        this.style = style;
        this.live = live;
        this.time = time;
        lastWrite = time.GetTimestamp();
        var beat = live is null ? Silence / 6 : TimeSpan.FromMilliseconds(120);
        timer = time.CreateTimer(_ => Beat(), null, beat, beat);
    }

    internal void Expect(int targets)
    {
        lock (gate)
            total = targets;
    }

    /// <summary>A line that belongs to no target.</summary>
    internal void Line(string text)
    {
        lock (gate)
            Shown(() => writer.WriteLine(style.Text(text)));
    }

    /// <summary>A command to who reads the output, as it is.</summary>
    internal void Command(string text)
    {
        lock (gate)
            Shown(() => writer.WriteLine(text));
    }

    /// <summary>Ends what is begun: nothing of any target is shown from now on.</summary>
    internal void Close()
    {
        lock (gate)
        {
            closed = true;
            if (front is { HeaderShown: true } && style.End is { } end)
                Shown(() => writer.WriteLine(end));
            front = null;
        }
    }

    internal void Start(TargetOutput output)
    {
        lock (gate)
        {
            var target = new Running(output, time.GetTimestamp());
            running.Add(target);
            if (!closed)
                front ??= target;
        }
    }

    /// <summary>Shows a line of a target if it is in front; lets it wait if not.</summary>
    internal void Show(TargetOutput output, OutputLine line)
    {
        lock (gate)
        {
            // The first that has something to say comes to the front.
            if (front is { HeaderShown: false } && running.Find(target => target.Output == output) is { } speaker)
                front = speaker;
            if (front is not null && front.Output == output)
                Shown(() => Lines(front, [.. Taken(front), line]));
            else
                output.Waiting.Add(line);
        }
    }

    /// <param name="output">Of which target.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="footer">The line that says so.</param>
    /// <param name="commands">What follows its output, as it is.</param>
    internal void Finish(TargetOutput output, TargetOutcome outcome, string footer, params IReadOnlyList<string> commands)
    {
        lock (gate)
        {
            done++;
            var target = running.Find(target => target.Output == output) ?? new Running(output, time.GetTimestamp());
            running.Remove(target);
            finished.Add((target, [.. commands, style.Footer(output.Name, outcome, style.Text(footer))]));
            if (!closed && (front is null || front == target || !front.HeaderShown))
                Advance();
        }
    }

    /// <summary>A target that ends without having started: skipped, up to date or never reached.</summary>
    internal void Pass(string name, TargetOutcome outcome, string footer)
    {
        lock (gate)
        {
            done++;
            // Between the lines of the target in front it would look like one of them.
            if (front is { HeaderShown: true })
                finished.Add((new(null, 0), [style.Footer(name, outcome, style.Text(footer))]));
            else
                Shown(() => writer.WriteLine(style.Footer(name, outcome, style.Text(footer))));
        }
    }

    /// <summary>Draws nothing over what is on the terminal until the return value is disposed.</summary>
    internal IDisposable HoldStill()
    {
        lock (gate)
        {
            live?.Erase(writer);
            stillness++;
        }
        return new Stillness(this);
    }

    public void Dispose()
    {
        timer.Dispose();
        Close();
        lock (gate)
            live?.Erase(writer);
    }

    // What finished is shown whole, then the target that runs longest comes to the front with the lines it has so far.
    private void Advance() => Shown(() =>
    {
        foreach (var (target, after) in finished.Count == 1 ? finished : [.. finished.OrderByDescending(entry => entry.Target == front)])
        {
            if (target.Output is not null)
                Lines(target, Taken(target));
            if (target.HeaderShown && style.End is { } end)
                writer.WriteLine(end);
            foreach (var line in after)
                writer.WriteLine(line);
        }

        finished.Clear();
        front = running.Find(target => target.Output!.Waiting.Count > 0) ?? running.FirstOrDefault();
        if (front is not null)
            Lines(front, Taken(front));
    });

    private static List<OutputLine> Taken(Running target)
    {
        List<OutputLine> lines = [.. target.Output!.Waiting];
        target.Output.Waiting.Clear();
        return lines;
    }

    private void Lines(Running target, List<OutputLine> lines)
    {
        if (lines.Count == 0)
            return;
        if (!target.HeaderShown)
            writer.WriteLine(style.Header(target.Output!.Name));
        target.HeaderShown = true;
        foreach (var line in lines)
            writer.WriteLine(style.Text(line.Text));
    }

    private void Shown(Action write)
    {
        live?.Erase(writer);
        write();
        lastWrite = time.GetTimestamp();
        if (stillness == 0)
            live?.Draw(writer, Status());
    }

    private void Beat()
    {
        lock (gate)
        {
            if (stillness > 0)
                return;
            if (live is not null)
            {
                live.Erase(writer);
                live.Draw(writer, Status());
            }
            else if (running.Count > 0 && time.GetElapsedTime(lastWrite) >= Silence)
            {
                writer.WriteLine(DisplayStyle.StillRunning(Status().Running));
                lastWrite = time.GetTimestamp();
            }
        }
    }

    private RunStatus Status() =>
        new(done, total, [.. running.Select(target => (target.Output!.Name, time.GetElapsedTime(target.Since)))]);

    private sealed class Stillness(RunDisplay display) : IDisposable
    {
        public void Dispose()
        {
            lock (display.gate)
                display.stillness--;
        }
    }

    private sealed class Running(TargetOutput? output, long since)
    {
        internal TargetOutput? Output { get; } = output;

        internal long Since { get; } = since;

        internal bool HeaderShown { get; set; }
    }
}
