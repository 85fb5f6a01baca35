using System.Diagnostics.CodeAnalysis;
using Cake.Core;
using Pipeline.Targets.CommandLine;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Hosting;
using Pipeline.Targets.Reports;
using Pipeline.Targets.Scheduling;
using Pipeline.Targets.Summaries;

namespace Pipeline.Targets.Running;

/// <summary>One call of the engine: checks the whole graph, then lists, plans or runs it.</summary>
internal sealed class EngineRun(
    RunState run,
    IReadOnlyDictionary<string, CakeTask> tasks,
    IReadOnlyDictionary<string, PipelineTarget> targets,
    Lifetime lifetime,
    ICakeContext cake,
    IExecutionStrategy strategy)
{
    internal async Task<CakeReport> RunAsync(ExecutionSettings settings)
    {
        var graph = Graph();
        string[] requested = [.. settings.Targets];
        Refuse(graph, requested);
        var nodes = Nodes(graph, requested, settings.Exclusive);
        return run.Request.Mode switch
        {
            RunMode.DryRun => await MappedAsync(() => DryRunAsync(nodes)),
            RunMode.Plan or RunMode.PlanJson => await MappedAsync(() => PlanAsync(nodes)),
            _ => await RunAsync(graph, nodes, requested[0]),
        };
    }

    private TargetGraph Graph()
    {
        var dependees = tasks.Values
            .SelectMany(task => task.Dependees.Select(dependee => (Of: dependee.Name, task.Name)))
            .ToLookup(pair => pair.Of, pair => pair.Name, StringComparer.OrdinalIgnoreCase);
        return new([.. tasks.Values.Select(task => new GraphNode(
            task.Name,
            [
                .. task.Dependencies
                    .Where(dependency => dependency.Required || tasks.ContainsKey(dependency.Name))
                    .Select(dependency => dependency.Name)
                    .Concat(dependees[task.Name])
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ]))]);
    }

    private void Refuse(TargetGraph graph, string[] requested)
    {
        string[] faults =
        [
            .. GraphFaults.Find(graph),
            .. tasks.Values.SelectMany(task => task.Dependees.Where(dependee => dependee.Required && !tasks.ContainsKey(dependee.Name))
                .Select(dependee => $"{dependee.Name} is missing, but {task.Name} is declared a dependency of it")),
            .. GraphFaults.Unknown(graph, requested, KnownOptions.Target),
            .. GraphFaults.Unknown(graph, run.Request.Forced, KnownOptions.Force),
        ];
        if (faults.Length > 0)
            throw new MisuseException(faults).ForCake();
    }

    private RunNode[] Nodes(TargetGraph graph, string[] requested, bool exclusive)
    {
        var order = graph.Order(requested);
        var chosen = exclusive
            ? order.Where(node => requested.Contains(node.Name, StringComparer.OrdinalIgnoreCase)).ToArray()
            : order;
        return
        [
            .. chosen.Select(node => new RunNode(
                node.Name,
                tasks[node.Name],
                targets.GetValueOrDefault(node.Name),
                node.Dependencies,
                requested.Contains(node.Name, StringComparer.OrdinalIgnoreCase))),
        ];
    }

    // What targets throw while they are only asked ends the program with the same exit code as when they run.
    private async Task<CakeReport> MappedAsync(Func<Task<CakeReport>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is not (CakeException or OperationCanceledException))
        {
            throw new CakeException(run.Options.ExitCodes.Of(exception), exception.Message, exception);
        }
    }

    private async Task<CakeReport> DryRunAsync(RunNode[] nodes)
    {
        var report = new CakeReport();
        foreach (var node in nodes)
        {
            await strategy.ExecuteAsync(node.Task, cake);
            report.Add(node.Task.Name, TimeSpan.Zero);
        }

        return report;
    }

    private async Task<CakeReport> PlanAsync(RunNode[] nodes)
    {
        var desk = new EvidenceDesk(run, Warn);
        var plan = await new Planner(run, desk, cake).PlanAsync(nodes, run.Cancellation.Run);
        desk.Save();
        Summarize(plan);
        if (run.Request.Mode == RunMode.PlanJson)
            run.WriteDocument(PlanText.Json(plan));
        else
            run.Router.Out.Write(PlanText.Table(plan));
        return new();
    }

    private void Summarize(IReadOnlyList<PlannedTarget> plan)
    {
        try
        {
            if (run.Summary.IsAsked)
                run.Summary.Write(RunSummary.Of(run.Request.Targets, plan, run.Masker), run.Masker);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn($"the summary of this plan could not be written: {exception.Message}");
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failed setup or teardown is recorded like a failed target before the run ends with it.")]
    private async Task<CakeReport> RunAsync(TargetGraph graph, RunNode[] nodes, string firstTarget)
    {
        var started = run.Time.GetTimestamp();
        var desk = new EvidenceDesk(run, Warn);
        var recorder = new RunRecorder(run, desk.Provenance);
        var runner = new TargetRunner(run, recorder, desk, lifetime, cake, strategy);
        run.Rescue = recorder.Rescue;
        run.PlanAsync = (name, cancellation) => new Planner(run, new EvidenceDesk(run, Warn), cake).PlanAsync(Nodes(graph, [name], exclusive: false), cancellation);
        run.Display.Expect(nodes.Length);
        recorder.Begin();
        Exception? failure = null;
        try
        {
            if (run.Request.Exclusive)
                await RecallLeftOutAsync(graph, nodes, desk);
            lifetime.Setup(tasks[firstTarget], [.. nodes.Select(node => node.Task)]);
            await ScheduleAsync(nodes, runner, recorder);
            failure = recorder.Failure;
        }
        catch (Exception exception)
        {
            failure = exception;
            run.Router.Error.Write($"Error: {exception.Message}\n");
        }

        failure = TearDown(failure);
        desk.Save();
        run.Result = recorder.End(failure, run.Time.GetElapsedTime(started));
        if (run.Result.ExitCode != ExitCode.Done)
            throw new CakeException(run.Result.ExitCode, run.Result.Failure ?? "the run failed", failure ?? new OperationCanceledException());
        return runner.Report;
    }

    // Without what they depend on, targets still find the results that evidence or the world knows.
    private async Task RecallLeftOutAsync(TargetGraph graph, RunNode[] nodes, EvidenceDesk desk)
    {
        var inRun = nodes.Select(node => node.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in graph.Order(inRun).Select(node => node.Name).Where(name => !inRun.Contains(name)))
        {
            if (targets.GetValueOrDefault(name) is not { } target || !desk.KnowsResultsFor(target))
                continue;
            var context = new TargetContext(name, cake, run, new(), run.Cancellation.Run);
            var examination = await desk.RecallAsync(target, context, run.Cancellation.Run);
            if (examination.Verdict.Holds)
                desk.Accept(target, name, examination);
        }
    }

    private async Task ScheduleAsync(RunNode[] nodes, TargetRunner runner, RunRecorder recorder)
    {
        var index = nodes.Select((node, at) => (node.Name, at)).ToDictionary(pair => pair.Name, pair => pair.at, StringComparer.OrdinalIgnoreCase);
        ScheduledNode[] scheduled =
        [
            .. nodes.Select(node => new ScheduledNode(
                [.. node.Dependencies.Where(index.ContainsKey).Select(dependency => index[dependency])],
                recorder.ExpectedSeconds(node.Name))),
        ];
        // Plain Frosting tasks block their thread; the pool must not count on getting it back.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, run.Request.Parallel + 4), ports);
        var scheduler = new Scheduler(scheduled, run.Request.Parallel, run.Request.KeepGoing);
        await scheduler.RunAsync(at => runner.RunAsync(nodes[at]), at => runner.Never(nodes[at]), run.Cancellation.Run);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The failure of a teardown ends the run like any other, after everything was recorded.")]
    private Exception? TearDown(Exception? failure)
    {
        run.Cancellation.Current = CancellationToken.None;
        try
        {
            lifetime.Teardown(failure);
            return failure;
        }
        catch (Exception exception)
        {
            run.Router.Error.Write($"Error: {exception.Message}\n");
            return failure ?? exception;
        }
    }

    private void Warn(string warning) => run.Display.Line(run.Masker.Mask($"warning: {warning}"));
}
