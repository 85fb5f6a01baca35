using Build.Testing;
using Build.Testing.Results;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Runs all unit, integration and browser tests, and holds their coverage against --coverage")]
[IsDependentOn(typeof(Compile))]
public sealed class Test(StatePaths paths) : Target<Evidence>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files(Sources.Everything)
        .Except("tests/Pipeline.EndToEnd/**", "tests/Pipeline.EndToEnd.FaultyRelease/**", "tests/Pipeline.Benchmarks/**", "docs/benchmarks.md")
        .Parameter(Parameters.Coverage);

    protected override Task<Recall<Evidence>> RecallAsync(TargetContext context, FoundEvidence<Evidence>? evidence, CancellationToken cancellation) =>
        Task.FromResult(Evidence.Decide<Test>(context, evidence));

    protected override Task<Evidence> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var run = new TestRun(context, paths.Repository, Path.Combine(paths.Home, "tests"));
        run.Compile(Sources.Solution);
        var outcomes = new List<TestOutcome>();
        foreach (var project in run.FindProjects())
        {
            cancellation.ThrowIfCancellationRequested();
            var outcome = run.Run(project);
            outcomes.Add(context.Get(Parameters.SecondTry) ? run.TryAgain(outcome, context.Say) : outcome);
            context.Summarize(new TestCounts(project, outcomes[^1].Passed, outcomes[^1].Failures.Count, outcomes[^1].Skips.Count));
            context.Say(new TestSummary([outcomes[^1]]).ToString().Split('\n')[0]);
        }
        var summary = new TestSummary(outcomes);
        context.Say($"{summary}");
        context.Report(summary.Describe(paths.Repository));
        summary.RequirePassed();
        var coverage = run.MeasureCoverage();
        var threshold = CoverageRules.For(context.Get(Parameters.Coverage));
        foreach (var assembly in coverage)
        {
            context.Measure($"coverage of {assembly.Assembly}", assembly.Percent, "%");
            context.Summarize(new LineCoverage(assembly.Assembly, assembly.Percent, threshold.Of(assembly.Assembly)));
        }
        threshold.Require(coverage);
        return Task.FromResult(new Evidence($"{summary.Passed} tests passed, {summary.Skipped} skipped"));
    }
}
