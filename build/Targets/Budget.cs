using Build.Budgets;
using Build.Delivering;
using Cake.Frosting;
using Pipeline.Artifacts.Budgets;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Holds the size of the image and of its parts against their budgets, and tells what grew since the last release")]
public sealed class Budget(BuildImage image, ShopHouse house) : Target<Evidence>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Budgets();

    protected override Task<Recall<Evidence>> RecallAsync(TargetContext context, FoundEvidence<Evidence>? evidence, CancellationToken cancellation) =>
        Task.FromResult(Evidence.Decide<Budget>(context, evidence));

    protected override async Task<Evidence> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var last = await LastRelease.FindAsync(house, image.Result.Digest, cancellation);
        var report = await SizeReport.MeasureAsync(house.Store, image.Result.Digest, ShopBudgets.All, last, cancellation);
        context.Say(report.ToString());
        foreach (var row in report.Budgets)
            context.Measure(row.Name, row.Bytes, "bytes");
        context.Plot("share of each budget that is used", "%", "budgets, in the order of the table", report.Budgets.Select((row, number) => (number + 1d, 100d * row.Bytes / row.Limit!.Value)));
        report.Require();
        return new Evidence($"{report.Budgets.Count} sizes within their budgets");
    }
}
