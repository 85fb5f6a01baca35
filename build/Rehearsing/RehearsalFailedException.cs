using Pipeline.GitHub.Rehearsal;

namespace Build.Rehearsing;

/// <summary>Jobs of a rehearsal failed. Their steps said why.</summary>
public sealed class RehearsalFailedException(RehearsalReport report)
    : Exception($"{string.Join(", ", report.Jobs.Where(job => job.Result is "failure" or "cancelled").Select(job => $"job {job.Id}: {job.Result}"))}; the whole log of each is in {Path.Combine(report.Folder, "logs")}. Run one of them again with --job");
