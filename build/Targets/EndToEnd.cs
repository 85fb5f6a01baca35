using Build.Testing;
using Build.Testing.Results;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Proves the whole delivery: kill -9 at every step, bad releases, full disks, and a load without one failed request")]
[IsDependentOn(typeof(BuildImage))]
public sealed class EndToEnd(StatePaths paths) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var run = new TestRun(context, paths.Repository, Path.Combine(paths.Home, "end-to-end")) { MeasuresCoverage = false };
        var outcome = run.Run("Pipeline.EndToEnd");
        var summary = new TestSummary([context.Get(Parameters.SecondTry) ? run.TryAgain(outcome, context.Say) : outcome]);
        context.Say($"{summary}");
        context.Report(summary.Describe(paths.Repository));
        summary.RequirePassed();
        return Task.CompletedTask;
    }
}
