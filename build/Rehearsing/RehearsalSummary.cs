using System.Globalization;
using Pipeline.GitHub.Rehearsal;

namespace Build.Rehearsing;

/// <summary>How a rehearsal went, a line for each job and step.</summary>
public static class RehearsalSummary
{
    private const int MostTold = 50;

    public static IEnumerable<string> Of(RehearsalReport report)
    {
        yield return "";
        foreach (var job in report.Jobs)
        {
            yield return $"{job.Result,-10} {Seconds(job.Duration)}  {job.Id}{(job.Remark.Length == 0 ? "" : $"  ({job.Remark})")}";
            foreach (var step in job.Steps)
                yield return $"  {step.Conclusion,-10} {Seconds(step.Duration)}  {step.Name}";
        }
        yield return report.Told.Count == 0 ? "GitHub would have been told nothing beside the run itself" : "GitHub would have been told:";
        if (report.Told.Count > MostTold)
            yield return $"  … {report.Told.Count - MostTold} things before these: the stand-in knows nothing of deployments that the ledger has from before";
        foreach (var told in report.Told.TakeLast(MostTold))
            yield return $"  {told}";
        yield return $"artifacts, logs and summaries are in {report.Folder}";
    }

    private static string Seconds(TimeSpan duration) => $"{duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture),7} s";
}
