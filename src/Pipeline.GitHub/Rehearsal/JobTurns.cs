using System.Security.Cryptography;
using Pipeline.GitHub.Rehearsal.Api;
using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Rehearsal.Jobs;
using Pipeline.GitHub.Rehearsal.Jobs.Facts;
using Pipeline.GitHub.Rehearsal.Jobs.Output;
using Pipeline.GitHub.Rehearsal.Reading;
using Pipeline.GitHub.Rehearsal.Store;

namespace Pipeline.GitHub.Rehearsal;

/// <summary>Gives each job its turn when those that it needs had theirs.</summary>
internal sealed class JobTurns(RehearsalRequest request, RunFacts run, RunStore store, GitHubStandIn api, IRehearsalLog log, string folder, TimeProvider time)
{
    private const string TokenName = "GITHUB_TOKEN";

    private readonly Dictionary<string, JobReport> finished = [];

    internal async Task<IReadOnlyList<JobReport>> RunAsync(IReadOnlyList<JobSource> jobs, StoredRun? last, IReadOnlyDictionary<string, string> entered, CancellationToken cancellation)
    {
        List<JobReport> reports = [];
        Dictionary<string, StoredJob> stored = last?.Jobs.ToDictionary() ?? [];
        while (jobs.FirstOrDefault(job => !finished.ContainsKey(job.Id) && job.Needs.All(finished.ContainsKey)) is { } job)
        {
            var report = job.Id != request.Job && stored.GetValueOrDefault(job.Id) is { Result: JobReport.Success } kept ? Kept(job, kept) : await TakeAsync(job, cancellation);
            reports.Add(report);
            finished[job.Id] = report;
            stored[job.Id] = new(report.Result, report.Outputs);
            store.Write(new(run.Commit, run.Event, entered, run.RunId, run.Attempt, stored));
        }
        return reports;
    }

    private JobReport Kept(JobSource job, StoredJob kept)
    {
        log.Say($"{job.Id}: taken from the last rehearsal of this commit");
        return new(job.Id, kept.Result, TimeSpan.Zero, [], "taken from the last rehearsal of this commit") { Outputs = kept.Outputs };
    }

    private async Task<JobReport> TakeAsync(JobSource job, CancellationToken cancellation)
    {
        var begun = time.GetTimestamp();
        using var jobLog = new JobLog(log, job.Id, store.LogOf(job.Id));
        try
        {
            var before = JobContexts.BeforeJob(run, job, finished, request.Variables.For(null), StatusOf(job));
            if (!job.If.Holds(before))
                return Skip(job, jobLog);
            var report = await new JobRun(Plan(job, before, jobLog), jobLog, time).RunAsync(cancellation);
            var fails = report.Result == JobReport.Failure && job.ContinueOnError?.Evaluate(before).Holds == true;
            jobLog.Say($"{report.Result} after {report.Duration.TotalSeconds:0.0} s{(fails ? ", which is allowed" : "")}");
            return fails ? report with { Result = JobReport.Success, Remark = "failed, which is allowed" } : report;
        }
        catch (Exception fault) when (fault is ExpressionException or FormatException)
        {
            jobLog.Annotate(new("error", $"{run.Workflow.File}:{job.Line}", fault.Message));
            return new(job.Id, JobReport.Failure, time.GetElapsedTime(begun), [], fault.Message);
        }
    }

    private JobReport Skip(JobSource job, JobLog jobLog)
    {
        var reason = StatusOf(job) == RunStatus.Success ? $"its condition does not hold: {job.If}" : $"what it needs did not all succeed: {string.Join(", ", job.Needs.Select(need => $"{need} {finished[need].Result}"))}";
        jobLog.Say($"skipped; {reason}");
        return new(job.Id, JobReport.Skipped, TimeSpan.Zero, [], reason);
    }

    private JobPlan Plan(JobSource job, Surroundings before, JobLog jobLog)
    {
        var environment = job.Environment?.Text(before) is { Length: > 0 } name ? name : null;
        var variables = request.Variables.For(environment);
        before = JobContexts.BeforeJob(run, job, finished, variables, before.Status);
        var permissions = job.Permissions ?? run.Workflow.Permissions ?? TokenPermissions.Unsaid;
        var token = $"ghs_{RandomNumberGenerator.GetHexString(36, lowercase: true)}";
        api.Admit(token, permissions);
        jobLog.Masks.Add(token);
        jobLog.Say($"on this machine in place of {job.RunsOn.Text(before)}; its token may do {permissions}");
        if (environment is not null)
        {
            api.Reach(environment);
            jobLog.Say($"environment {environment}: GitHub would wait here for whoever protects it; taken as approved by {request.Actor}");
        }
        return new()
        {
            Source = job,
            Run = run,
            Before = before,
            Environment = environment,
            Variables = variables,
            Secrets = SecretsOf(job, environment, token, jobLog),
            Token = token,
            Permissions = permissions,
            Folders = new(folder, job.Id, run.Repository.Name),
            Store = store,
            BeginsWith = [.. request.EveryJobHas.Concat(job.Needs.Count == 0 ? request.BeginsWith : []).Select(each => (each.Key, each.Value))],
        };
    }

    /// <summary>Those that the job reads, and no others.</summary>
    private Dictionary<string, string> SecretsOf(JobSource job, string? environment, string token, JobLog jobLog)
    {
        var provided = request.Secrets.For(environment);
        var read = JobPlan.NamesRead(run.Workflow, job, "secrets");
        var secrets = provided.Where(secret => read.Contains("*") || read.Contains(secret.Key, StringComparer.OrdinalIgnoreCase)).ToDictionary(secret => secret.Key, secret => secret.Value);
        foreach (var secret in secrets.Values)
            jobLog.Masks.Add(secret);
        var missing = read.Where(name => name != "*" && !name.Equals(TokenName, StringComparison.OrdinalIgnoreCase) && !provided.ContainsKey(name)).ToList();
        if (missing.Count > 0)
            jobLog.Say($"secrets that are not given and arrive empty: {string.Join(", ", missing)}");
        secrets[TokenName] = token;
        return secrets;
    }

    /// <summary>How everything before a job went, all the way back.</summary>
    private RunStatus StatusOf(JobSource job)
    {
        HashSet<string> ancestors = [];
        Queue<string> open = new(job.Needs);
        while (open.TryDequeue(out var id))
        {
            if (!ancestors.Add(id))
                continue;
            foreach (var need in run.Workflow.Job(id).Needs)
                open.Enqueue(need);
        }
        var results = ancestors.Select(id => finished[id].Result).ToHashSet();
        return results.Contains(JobReport.Failure) ? RunStatus.Failure
            : results.Contains(JobReport.Cancelled) ? RunStatus.Cancelled
            : results.Contains(JobReport.Skipped) ? RunStatus.Skipped
            : RunStatus.Success;
    }
}
