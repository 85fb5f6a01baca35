namespace Pipeline.GitHub.Rehearsal;

/// <summary>How a rehearsal went.</summary>
/// <param name="Jobs">The jobs in the order in which their turn came.</param>
/// <param name="Told">What GitHub would have been told, a line each.</param>
/// <param name="Folder">Where artifacts, logs and summaries are kept.</param>
public sealed record RehearsalReport(IReadOnlyList<JobReport> Jobs, IReadOnlyList<string> Told, string Folder)
{
    /// <summary>Whether no job failed or ran out of time.</summary>
    public bool Succeeded => Jobs.All(job => job.Result is JobReport.Success or JobReport.Skipped);
}

/// <summary>How a job went.</summary>
/// <param name="Id">The job.</param>
/// <param name="Result"><c>success</c>, <c>failure</c>, <c>cancelled</c> or <c>skipped</c>, as in the context <c>needs</c>.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Steps">Its steps; none where it was skipped or its result was taken from the last rehearsal.</param>
/// <param name="Remark">Why it did not run; empty where it did.</param>
public sealed record JobReport(string Id, string Result, TimeSpan Duration, IReadOnlyList<StepReport> Steps, string Remark = "")
{
    internal const string Success = "success";

    internal const string Failure = "failure";

    internal const string Cancelled = "cancelled";

    internal const string Skipped = "skipped";

    /// <summary>What later jobs read.</summary>
    internal IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>();
}

/// <summary>How a step went.</summary>
/// <param name="Name">As the log calls it.</param>
/// <param name="Conclusion"><c>success</c>, <c>failure</c>, <c>cancelled</c> or <c>skipped</c>; a failure that may be counts as success.</param>
/// <param name="Duration">How long it took.</param>
public sealed record StepReport(string Name, string Conclusion, TimeSpan Duration);
