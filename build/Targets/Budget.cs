using Build.Budgets;
using Build.Delivering;
using Cake.Frosting;
using Pipeline.Artifacts.Budgets;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Holds the size of the image and of its parts against their budgets, and tells what grew since the last release")]
public sealed class Budget(BuildImage image, ShopHouse house, LastReleases releases) : Target<Evidence>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Budgets();

    protected override Task<Recall<Evidence>> RecallAsync(TargetContext context, FoundEvidence<Evidence>? evidence, CancellationToken cancellation) =>
        Task.FromResult(Evidence.Decide<Budget>(context, evidence));

    protected override async Task<Evidence> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var last = await releases.FindAsync(image.Result.Digest, cancellation);
        var report = await SizeReport.MeasureAsync(house.Store, image.Result.Digest, ShopBudgets.All, last.Artifact, cancellation);
        context.Say(report.ToString());
        if (last.Artifact is null)
            context.Say($"what grew cannot be told: {last.Reason}");
        foreach (var row in report.Budgets)
            context.Measure(row.Name, row.Bytes, "bytes");
        context.Plot("share of each budget that is used", "%", "budgets, in the order of the table", report.Budgets.Select((row, number) => (number + 1d, 100d * row.Bytes / row.Limit!.Value)));
        report.Require();
        return new Evidence($"{report.Budgets.Count} sizes within their budgets");
    }
}
