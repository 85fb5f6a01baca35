using Pipeline.Targets.Evidence;
using Pipeline.Targets.Hosting;
using Pipeline.Targets.Output;
using Pipeline.Targets.Running;
using Pipeline.Targets.Summaries;

namespace Pipeline.Targets.Reports;

/// <summary>Keeps what happens in a run and writes its report: at the start, as targets end, and at the end.</summary>
internal sealed class RunRecorder
{
    private const int KeptRuns = 50;
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly RunState run;
    private readonly Provenance provenance;
    private readonly List<TargetRecord> targets = [];
    private readonly HashSet<string> failed = new(StringComparer.OrdinalIgnoreCase);
    private readonly DurationBook durations;
    private readonly DateTimeOffset startedAt;
    private readonly Lock writing = new();
    private Task beginning = Task.CompletedTask;
    private long lastWrite;
    private bool told;
    private bool summarized;

    internal RunRecorder(RunState run, Provenance provenance)
    {
        this.run = run;
        this.provenance = provenance;
        startedAt = run.Time.GetUtcNow();
        durations = DurationBook.Open(Path.Combine(run.Folders.Cache, "durations"), run.Folders.Evidence);
    }

    /// <summary>The failure that decides the exit code, once targets failed.</summary>
    internal Exception? Failure
    {
        get
        {
            lock (gate)
                return targets.Select(target => target.Exception).OfType<Exception>().OrderBy(run.Options.ExitCodes.Precedence).FirstOrDefault();
        }
    }

    internal double ExpectedSeconds(string target) => durations.ExpectedSeconds(target);

    /// <summary>Leaves a first record beside the work: asking git for the commit and writing the file hold nobody up.</summary>
    internal void Begin()
    {
        lastWrite = run.Time.GetTimestamp();
        beginning = Task.Run(() => Write("running", null, null));
    }

    internal void Add(TargetRecord record)
    {
        lock (gate)
        {
            targets.Add(record);
            if (record.Outcome is TargetOutcome.Failed or TargetOutcome.Cancelled or TargetOutcome.NotRun)
                failed.Add(record.Name);
            if (record.Outcome == TargetOutcome.Succeeded)
                durations.Note(record.Name, record.Duration);
            if (run.Time.GetElapsedTime(lastWrite) < BetweenWrites)
                return;
        }

        Write("running", null, null);
    }

    internal string WhyNotReached(RunNode node)
    {
        lock (gate)
        {
            var needed = node.Dependencies.Where(failed.Contains).ToArray();
            return needed.Length > 0 ? $"{string.Join(" and ", needed)} did not succeed" : "another target failed; --keep-going would run it";
        }
    }

    internal RunResult End(Exception? failure, TimeSpan duration)
    {
        var cancelled = run.Cancellation.Run.IsCancellationRequested;
        var exitCode = cancelled ? ExitCode.Cancelled : failure is null ? ExitCode.Done : run.Options.ExitCodes.Of(failure);
        string? text = cancelled ? "the run was cancelled" : FailureText(failure);
        var result = new RunResult(exitCode, [.. targets.OrderBy(target => target.StartedAt)], duration, text is null ? null : run.Masker.Mask(text));
        beginning.Wait(CancellationToken.None);
        Write(cancelled ? "cancelled" : failure is null ? "done" : "failed", result, duration);
        return result;
    }

    /// <summary>The program ends at once: what is known is written as it is.</summary>
    internal void Rescue()
    {
        beginning.Wait(CancellationToken.None);
        Write("cancelled", null, run.Time.GetUtcNow() - startedAt);
    }

    private string? FailureText(Exception? failure)
    {
        if (failure is null)
            return null;
        lock (gate)
        {
            var names = targets.Where(target => target.Outcome == TargetOutcome.Failed).Select(target => target.Name).ToArray();
            return names.Length switch
            {
                0 => failure.Message,
                1 => $"{names[0]} failed: {failure.Message}",
                _ => $"{string.Join(", ", names)} failed",
            };
        }
    }

    // A report that cannot be written is a pity, not a failed run.
    private void Write(string state, RunResult? result, TimeSpan? duration)
    {
        TargetRecord[] known;
        lock (gate)
        {
            lastWrite = run.Time.GetTimestamp();
            known = [.. targets.OrderBy(target => target.StartedAt).ThenBy(target => target.Name, StringComparer.Ordinal)];
        }

        var facts = new RunFacts(
            Path.GetFileName(run.Folders.Run),
            state,
            startedAt,
            duration ?? run.Time.GetUtcNow() - startedAt,
            result?.ExitCode,
            result?.Failure,
            run.Request.Targets,
            provenance.Who,
            provenance.Where,
            provenance.Commit,
            known);
        if (state != "running")
            Summarize(facts);
        try
        {
            using var alone = writing.EnterScope();
            RunJson.Write(Path.Combine(run.Folders.Run, "run.json"), facts, run.Masker);
            if (state == "running")
                return;
            ReportPage.Write(Path.Combine(run.Folders.Run, "report.html"), facts, run.Masker);
            durations.Save();
            DropOldRuns();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Interlocked.Exchange(ref told, true))
                return;
            run.Display.Line(run.Masker.Mask($"warning: the report of this run could not be written: {exception.Message}"));
        }
    }

    // A run that is ended at once may end by itself meanwhile.
    private void Summarize(RunFacts facts)
    {
        if (!run.Summary.IsAsked || Interlocked.Exchange(ref summarized, true))
            return;
        try
        {
            run.Summary.Write(RunSummary.Of(facts, run.Masker), run.Masker);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            run.Display.Line(run.Masker.Mask($"warning: the summary of this run could not be written: {exception.Message}"));
        }
    }

    // Their names begin with the time, so the oldest come first.
    private void DropOldRuns()
    {
        var runs = Directory.GetDirectories(run.Folders.Runs).Order(StringComparer.Ordinal).ToArray();
        foreach (var old in runs.SkipLast(KeptRuns))
            Directory.Delete(old, recursive: true);
    }
}
