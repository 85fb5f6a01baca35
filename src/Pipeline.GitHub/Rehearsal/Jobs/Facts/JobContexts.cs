using System.Runtime.InteropServices;
using System.Text.Json;
using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Rehearsal.Expressions.Values;
using Pipeline.GitHub.Rehearsal.Reading;

namespace Pipeline.GitHub.Rehearsal.Jobs.Facts;

/// <summary>The contexts that expressions read: https://docs.github.com/actions/reference/workflows-and-actions/contexts.</summary>
internal static class JobContexts
{
    internal static string System => OperatingSystem.IsMacOS() ? "macOS" : OperatingSystem.IsWindows() ? "Windows" : "Linux";

    internal static string Architecture => RuntimeInformation.OSArchitecture.ToString().ToUpperInvariant();

    internal static ObjectValue GitHub(RunFacts run, params IEnumerable<(string Name, string Value)> ofJob)
    {
        using var document = JsonDocument.Parse(run.EventJson);
        var ofRun = run.Variables.Where(variable => variable.Name != "GITHUB_ACTIONS").Select(variable => (variable.Name["GITHUB_".Length..].ToLowerInvariant(), Value.Of(variable.Value)));
        return ObjectValue.Of(
        [
            .. ofRun,
            ("event", JsonValues.Of(document.RootElement)),
            ("ref_protected", Value.False),
            ("repositoryUrl", Value.Of($"git://github.com/{run.Repository}.git")),
            ("secret_source", Value.Of("Actions")),
            .. ofJob.Select(variable => (variable.Name, Value.Of(variable.Value))),
        ]);
    }

    internal static ObjectValue Needs(IEnumerable<JobReport> jobs) => ObjectValue.Of(jobs.Select(job => (job.Id, (Value)ObjectValue.Of(
        ("result", Value.Of(job.Result)), ("outputs", ObjectValue.Of(job.Outputs))))));

    /// <summary>What a job's own keys may read, before it has a runner.</summary>
    internal static Surroundings BeforeJob(RunFacts run, JobSource job, IReadOnlyDictionary<string, JobReport> finished, IReadOnlyDictionary<string, string> variables, RunStatus status) => new()
    {
        Status = status,
        Contexts = new Dictionary<string, Value>
        {
            ["github"] = GitHub(run, ("job", job.Id)),
            ["needs"] = Needs(job.Needs.Select(need => finished[need])),
            ["vars"] = ObjectValue.Of(variables),
            ["inputs"] = new ObjectValue(run.Inputs),
            ["strategy"] = ObjectValue.Of(("fail-fast", Value.True), ("job-index", Value.Of(0)), ("job-total", Value.Of(1)), ("max-parallel", Value.Of(1))),
        },
    };
}
