using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Output;

/// <summary>
/// Everything that one target writes, wherever it writes it: Cake's log, the console, child processes. Lines wait here until the display
/// shows the target; the last ones stay for the report, all of them go to the log file of the target.
/// </summary>
internal sealed class TargetOutput
{
    private const int KeptForReport = 400;
    private readonly Lock gate = new();
    private readonly Queue<OutputLine> kept = new();
    private readonly Action<TargetOutput, OutputLine> show;
    private readonly SecretMasker masker;
    private readonly LogFile log;
    private LineStream? standard;
    private LineStream? error;

    /// <param name="name">The target.</param>
    /// <param name="masker">The secrets of the run.</param>
    /// <param name="logFile">Where all lines go; made with the first line.</param>
    /// <param name="show">Shows a line, now or when the target is in front.</param>
    internal TargetOutput(string name, SecretMasker masker, Func<string> logFile, Action<TargetOutput, OutputLine> show)
    {
        Name = name;
        log = new(logFile);
        this.show = show;
        this.masker = masker;
    }

    internal string Name { get; }

    // Most of ten thousand targets write nothing, and one that writes does so from several threads.
    internal LineStream Out => LazyInitializer.EnsureInitialized(ref standard, () => new(masker, text => Add(new(text, IsError: false))));

    internal LineStream Error => LazyInitializer.EnsureInitialized(ref error, () => new(masker, text => Add(new(text, IsError: true))));

    internal int LineCount { get; private set; }

    /// <summary>Lines that were not shown yet. Only the display touches them, under its own lock.</summary>
    internal List<OutputLine> Waiting { get; } = [];

    internal IReadOnlyList<OutputLine> Tail()
    {
        lock (gate)
            return [.. kept];
    }

    /// <summary>Adds a text to the log file alone: the stack of a failure, which the console need not show.</summary>
    internal void KeepInLog(string text)
    {
        lock (gate)
        {
            foreach (var line in text.Split('\n'))
                log.Add(masker.Mask(line.TrimEnd('\r')));
        }
    }

    internal void Finish()
    {
        standard?.Finish();
        error?.Finish();
        string? fault;
        lock (gate)
            fault = log.Close();
        Warn(fault);
    }

    private void Add(OutputLine line)
    {
        string? fault;
        lock (gate)
        {
            LineCount++;
            kept.Enqueue(line);
            if (kept.Count > KeptForReport)
                kept.Dequeue();
            fault = log.Add(line.Text);
        }

        show(this, line);
        Warn(fault);
    }

    private void Warn(string? fault)
    {
        if (fault is not null)
            show(this, new($"warning: the log of {Name} cannot be kept: {fault}", IsError: true));
    }
}
