using Pipeline.GitHub.Rehearsal.Actions;
using Pipeline.GitHub.Rehearsal.Api;
using Pipeline.GitHub.Rehearsal.Jobs.Facts;
using Pipeline.GitHub.Rehearsal.Reading;
using Pipeline.GitHub.Rehearsal.Store;

namespace Pipeline.GitHub.Rehearsal;

/// <summary>
/// Runs the jobs of a workflow on this machine as GitHub's runner would: from a fresh clone of the commit, with nothing but what they declare, in the order of their
/// needs, with stand-ins for a few actions and for GitHub's interface. What it does not support it refuses before anything runs, with file and line.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class WorkflowRehearsal(TimeProvider time)
{
    /// <summary>Rehearses.</summary>
    /// <param name="request">What, and with what.</param>
    /// <param name="log">Where to write.</param>
    /// <param name="cancellation">Stops the job that runs, with all of its processes; nothing stays behind.</param>
    /// <exception cref="RehearsalException">It cannot be rehearsed as it is, or as it was asked for: every fault is in it.</exception>
    public async Task<RehearsalReport> RunAsync(RehearsalRequest request, IRehearsalLog log, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(log);
        var name = request.Name ?? await RehearsedCommit.NameAsync(request.Repository, cancellation);
        var commit = await RehearsedCommit.ReadAsync(request.Repository, cancellation);
        var (file, text) = await commit.ReadWorkflowAsync(request.Repository, request.Workflow, cancellation);
        var (workflow, faults) = WorkflowReader.Read(file, text, StandIns.Examine);
        var store = new RunStore(Path.Combine(request.State, Path.GetFileNameWithoutExtension(file)));
        var jobs = Choose(request, workflow);
        if (faults.Of(jobs.Select(job => job.Id)) is { Count: > 0 } all)
            throw new RehearsalException(all);
        var preparation = RunPreparation.Prepare(request, workflow, commit);
        using var turn = StoreTurn.Take(store.Folder, file, request.Actor, time.GetUtcNow());
        var last = FindLast(request, store, commit, preparation);
        if (last is null)
            store.Clear();
        using var folder = RehearsalFolder.Make(request.KeepsClones);
        var origin = await CloneAsync(request.Repository, commit, folder.Path, cancellation);
        await using var api = GitHubStandIn.Start(name, request.Actor, time);
        var run = new RunFacts
        {
            Workflow = workflow,
            Repository = name,
            Origin = origin,
            Commit = commit.Id,
            Ref = preparation.Ref,
            RunId = last?.RunId ?? time.GetUtcNow().ToUnixTimeSeconds(),
            Attempt = (last?.Attempt ?? 0) + 1,
            Event = preparation.Event,
            EventJson = preparation.EventJson(name, request.Actor, commit),
            Inputs = preparation.Inputs,
            Actor = request.Actor,
            Api = api.Address,
        };
        Introduce(log, run, commit, request, folder.Path);
        var turns = new JobTurns(request, run, store, api, log, folder.Path, time);
        var reports = await turns.RunAsync(jobs, last, preparation.Entered, cancellation);
        if (request.KeepsClones)
            log.Say($"the clones stay in {folder.Path}");
        return new(reports, api.Told, store.Folder);
    }

    /// <summary>The rehearsal that one job goes on with; null where everything begins anew.</summary>
    private static StoredRun? FindLast(RehearsalRequest request, RunStore store, RehearsedCommit commit, RunPreparation preparation) =>
        request.Job is not null && store.Read() is { } stored && stored.Fits(commit.Id, preparation.Event, preparation.Entered) ? stored : null;

    /// <summary>The jobs whose turn comes: all, or one with everything that it needs.</summary>
    private static IReadOnlyList<JobSource> Choose(RehearsalRequest request, WorkflowSource workflow)
    {
        if (request.Job is not { } wanted)
            return workflow.Jobs;
        HashSet<string> chosen = [];
        Queue<string> open = new([wanted]);
        while (open.TryDequeue(out var id))
        {
            if (!chosen.Add(id))
                continue;
            var job = workflow.Jobs.FirstOrDefault(each => each.Id == id);
            if (job is null && id == wanted)
                throw new RehearsalException([$"job '{id}' is none of {workflow.File}; there are {string.Join(", ", workflow.Jobs.Select(each => each.Id))}"]);
            foreach (var need in job?.Needs ?? [])
                open.Enqueue(need);
        }
        return [.. workflow.Jobs.Where(job => chosen.Contains(job.Id))];
    }

    private static async Task<string> CloneAsync(string repository, RehearsedCommit commit, string folder, CancellationToken cancellation)
    {
        var origin = Path.Combine(folder, "origin.git");
        await GitProgram.RunAsync(folder, ["clone", "--quiet", "--bare", repository, origin], cancellation);
        await GitProgram.RunAsync(origin, ["update-ref", "refs/heads/rehearsed", commit.Id], cancellation);
        return origin;
    }

    private static void Introduce(IRehearsalLog log, RunFacts run, RehearsedCommit commit, RehearsalRequest request, string folder)
    {
        log.Say($"{run.Workflow.File} of commit {commit.Id[..8]} ({commit.Message.Split('\n')[0]}), begun by {run.Event} on {run.Ref}, run {run.RunId}, attempt {run.Attempt}");
        if (commit.Changes.Count > 0)
            log.Say($"not part of it, since not committed: {string.Join(", ", commit.Changes.Take(10))}{(commit.Changes.Count > 10 ? $" and {commit.Changes.Count - 10} more" : "")}");
        log.Say($"GitHub's interface is a stand-in at {run.Api}; clones are in {folder}");
        log.Say($"other than on a hosted runner: tools, HOME, proxies and certificates are those of this machine; {string.Join(", ", MachineVariables.OfRehearsals.Select(variable => $"{variable.Key}={variable.Value}"))}");
        if (request.BeginsWith.Count > 0)
            log.Say($"other than on any runner: jobs that need no other begin with {string.Join(" and ", request.BeginsWith.Keys)} of this clone");
        if (request.EveryJobHas.Count > 0)
            log.Say($"other than on any runner: every job has {string.Join(" and ", request.EveryJobHas.Keys)} of this clone");
    }
}
