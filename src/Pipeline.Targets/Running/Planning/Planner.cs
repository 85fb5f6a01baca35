using Cake.Core;

namespace Pipeline.Targets.Running;

/// <summary>What a run would do with a target.</summary>
internal sealed record PlannedTarget(string Name, string Description, bool Runs, bool IsUpToDate, string Reason, IReadOnlyList<string> Dependencies);

/// <summary>Finds out what a run would do, without doing it.</summary>
internal sealed class Planner(RunState run, EvidenceDesk desk, ICakeContext cake)
{
    internal async Task<IReadOnlyList<PlannedTarget>> PlanAsync(IReadOnlyList<RunNode> nodes, CancellationToken cancellation)
    {
        var plan = new List<PlannedTarget>();
        foreach (var node in nodes)
        {
            var (runs, upToDate, reason) = await DecideAsync(node, plan, cancellation);
            plan.Add(new(node.Name, node.Task.Description ?? "", runs, upToDate, run.Masker.Mask(reason), node.Dependencies));
        }

        return plan;
    }

    private async Task<(bool Runs, bool UpToDate, string Reason)> DecideAsync(RunNode node, List<PlannedTarget> before, CancellationToken cancellation)
    {
        if (node.Task.Criterias.FirstOrDefault(criterion => !criterion.Predicate(cake)) is { } criterion)
            return (false, false, string.IsNullOrEmpty(criterion.Message) ? "its criteria do not hold" : criterion.Message);
        if (node.Target is not { } target)
            return (true, false, "it keeps no evidence");
        if (run.Request.IsForced(node.Name))
            return (true, false, "forced");
        if (!desk.KnowsResultsFor(target))
        {
            var running = node.Dependencies.Where(name => before.Any(planned => planned.Runs && planned.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).ToArray();
            return (true, false, $"depends on {string.Join(" and ", running)}, which {(running.Length == 1 ? "runs" : "run")} first");
        }

        var context = new TargetContext(node.Name, cake, run, new TargetFindings(), cancellation);
        var examination = await desk.ExamineAsync(target, context, cancellation);
        if (!examination.Verdict.Holds)
            return (true, false, examination.Verdict.Reason.Length > 0 ? examination.Verdict.Reason : "it always runs");
        desk.Accept(target, node.Name, examination);
        return (false, true, examination.Verdict.Reason);
    }
}
