using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Rehearsal.Jobs.Facts;
using Pipeline.GitHub.Rehearsal.Reading;
using Pipeline.GitHub.Rehearsal.Store;

namespace Pipeline.GitHub.Rehearsal.Jobs;

/// <summary>A job whose turn has come, with everything that is decided before its first step.</summary>
internal sealed record JobPlan
{
    internal required JobSource Source { get; init; }

    internal required RunFacts Run { get; init; }

    /// <summary>The contexts of the job before it has steps.</summary>
    internal required Surroundings Before { get; init; }

    /// <summary>The environment of GitHub that it deploys to; null for none.</summary>
    internal required string? Environment { get; init; }

    internal required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The secrets that the job reads, and its token.</summary>
    internal required IReadOnlyDictionary<string, string> Secrets { get; init; }

    internal required string Token { get; init; }

    internal required TokenPermissions Permissions { get; init; }

    internal required JobFolders Folders { get; init; }

    internal required RunStore Store { get; init; }

    /// <summary>Files and folders that it begins with once it has checked out, each with where it comes from.</summary>
    internal required IReadOnlyList<(string Relative, string Source)> BeginsWith { get; init; }

    internal IReadOnlyList<Setting> AllEnv => [.. Run.Workflow.Env, .. Source.Env];

    /// <summary>The names of secrets or variables that a job reads; <c>*</c> when all.</summary>
    internal static IReadOnlyList<string> NamesRead(WorkflowSource workflow, JobSource job, string context)
    {
        var settings = workflow.Env.Concat(job.Env).Concat(job.Outputs).Concat(job.Steps.SelectMany(step => step.Env.Concat(step.With))).Select(setting => setting.Value);
        var texts = job.Steps.SelectMany(step => new[] { step.Run, step.Name, step.If, step.WorkingDirectory, step.ContinueOnError, step.TimeoutMinutes })
            .Concat([job.If, job.Name, job.RunsOn, job.Environment, job.EnvironmentUrl, job.TimeoutMinutes, job.ContinueOnError]);
        return [.. settings.Concat(texts.OfType<Template>()).SelectMany(text => text.NamesRead(context)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
    }
}
