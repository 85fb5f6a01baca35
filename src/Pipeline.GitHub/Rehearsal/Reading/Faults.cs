namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>What keeps jobs from being rehearsed, each with its file and line.</summary>
internal sealed class Faults(string file)
{
    private readonly List<(string? Job, int Line, string Text)> all = [];

    /// <summary>The job that is being read; null outside of jobs.</summary>
    internal string? Job { get; set; }

    internal void Add(int line, string text) => all.Add((Job, line, $"{file}:{line}: {text}"));

    /// <summary>Those of the whole workflow and of some jobs, in the order of their lines.</summary>
    internal IReadOnlyList<string> Of(IEnumerable<string> jobs) =>
        [.. all.Where(fault => fault.Job is null || jobs.Contains(fault.Job)).OrderBy(fault => fault.Line).Select(fault => fault.Text).Distinct()];
}
