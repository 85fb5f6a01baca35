namespace Pipeline.GitHub.Rehearsal.Jobs.Output;

/// <summary>What a job says: masked, to whoever rehearses and into the file of the job.</summary>
internal sealed class JobLog : IDisposable
{
    private readonly Lock gate = new();
    private readonly IRehearsalLog log;
    private readonly string job;
    private readonly StreamWriter file;

    internal JobLog(IRehearsalLog log, string job, string path)
    {
        (this.log, this.job) = (log, job);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        file = new(path, append: false) { AutoFlush = true };
        Masks = new(log.Mask);
    }

    internal Masks Masks { get; }

    internal List<Annotation> Annotations { get; } = [];

    /// <summary>Something about the job.</summary>
    internal void Say(string line) => Write($"{job}: {line}");

    /// <summary>Something that a step wrote.</summary>
    internal void Quote(string line) => Write($"{job} | {line}");

    internal void Annotate(Annotation annotation)
    {
        lock (gate)
            Annotations.Add(annotation with { Text = Masks.Apply(annotation.Text) });
        Quote(annotation.ToString());
    }

    public void Dispose() => file.Dispose();

    private void Write(string line)
    {
        var masked = Masks.Apply(line);
        lock (gate)
        {
            log.Say(masked);
            file.WriteLine(masked);
        }
    }
}

/// <summary>Something that GitHub shows beside the run, or beside a line of a file.</summary>
/// <param name="Level"><c>error</c>, <c>warning</c> or <c>notice</c>.</param>
/// <param name="Place">File and line; empty where none is named.</param>
/// <param name="Text">What it says.</param>
internal sealed record Annotation(string Level, string Place, string Text)
{
    /// <inheritdoc />
    public override string ToString() => Place.Length == 0 ? $"{Level}: {Text}" : $"{Level}: {Place}: {Text}";
}
