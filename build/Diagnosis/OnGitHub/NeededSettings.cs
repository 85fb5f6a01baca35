using Build.Workflows;
using Pipeline.GitHub.Workflows;

namespace Build.Diagnosis.OnGitHub;

/// <summary>
/// What the jobs of an environment read, as build/Workflows declares them: of those that deploy there or look at it, and of those in the same workflow that have no
/// environment, whose work they take. A job that is told its environment when it is started reads nothing else (a test holds that).
/// </summary>
public static class NeededSettings
{
    public static IReadOnlyList<NeededSetting> Of(string environment)
    {
        var places = ShopEnvironments.OnGitHub(environment);
        var jobs = ShopWorkflows.Declare()
            .Where(workflow => workflow.Jobs.Any(job => IsAt(job, places)))
            .SelectMany(workflow => workflow.Jobs.Where(job => job.Environment is null || IsAt(job, places)))
            .Select(job => (Job: job, Reads: JobSettings.Of(job)))
            .ToArray();
        return [.. Needed(SettingKind.Secret, jobs, job => job.Secrets), .. Needed(SettingKind.Variable, jobs, job => job.Variables)];
    }

    private static IEnumerable<NeededSetting> Needed(SettingKind kind, (TargetJob Job, JobSettings Reads)[] jobs, Func<JobSettings, IReadOnlyList<string>> names) =>
        from name in jobs.SelectMany(job => names(job.Reads)).Distinct().Order(StringComparer.Ordinal)
        let readers = jobs.Where(job => names(job.Reads).Contains(name)).ToArray()
        let isVariable = kind == SettingKind.Variable
        select new NeededSetting(
            kind, name, [.. readers.Select(reader => (reader.Job.Id, reader.Job.Environment?.Name.ToString()))],
            isVariable && readers.Any(reader => reader.Reads.EarlyVariables.Contains(name)))
        {
            Decides = [.. readers.Where(reader => isVariable && reader.Reads.Conditions.Contains(name)).Select(reader => reader.Job.Id)],
            Otherwise = ShopVariables.Optional.GetValueOrDefault(name),
        };

    private static bool IsAt(TargetJob job, IReadOnlyList<string> places) => job.Environment is { } environment && places.Contains(environment.Name.ToString());
}
