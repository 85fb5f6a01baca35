using Pipeline.Artifacts.Budgets;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Tests.Budgets;

public sealed class BudgetTests
{
    private static readonly SizeBudget[] All =
    [
        SizeBudget.Image(100_000), SizeBudget.Application(50_000), SizeBudget.Bundle("web assets", "app/wwwroot/**", 2_000), SizeBudget.Bundle("programs", "app/*.dll", 1_000_000),
    ];

    [Fact]
    public async Task A_part_is_measured_by_layers_or_by_the_files_that_belong_to_it()
    {
        using var sample = new Sample();
        sample.Put("wwwroot/css/site.css", new string('x', 985));
        sample.Put("plugins/More.dll", "not beside the program");
        var artifact = await sample.WriteAsync();
        var report = await SizeReport.MeasureAsync(sample.Store, artifact.Digest, All, last: null, TestContext.Current.CancellationToken);
        Assert.Equal([artifact.Size, artifact.Layers[0].Size, 1000, 22], report.Budgets.Select(row => row.Bytes));
        Assert.All(report.Budgets, row => Assert.Null(row.Growth));
        Assert.Empty(report.Files);
        report.Require();
    }

    [Fact]
    public async Task What_is_too_large_fails_with_a_table_of_what_grew_since_the_last_release()
    {
        using var sample = new Sample();
        sample.Put("wwwroot/old.js", new string('x', 500));
        sample.Put("wwwroot/site.css", new string('x', 1_000));
        await sample.WriteAsync("1.2.2");
        sample.Put("wwwroot/site.css", new string('x', 2_500));
        sample.Put("wwwroot/new.js", new string('x', 1_200));
        File.Delete(Path.Combine(sample.Application, "wwwroot/old.js"));
        sample.Put("Sample.dll", "not really an assembly!");
        var artifact = await sample.WriteAsync();
        var report = await SizeReport.MeasureAsync(sample.Store, artifact.Digest, All[2..], sample.Store.Find("1.2.2"), TestContext.Current.CancellationToken);
        var refusal = Assert.Throws<DeliveryException>(report.Require);
        Assert.Equal(
            $"""
            artifact {artifact.Digest} is larger than its budget allows (web assets); make it smaller, or raise the budget in a reviewed change:
              part                      size     budget   since 1.2.2
              web assets              3.7 kB   2.0 kB ✗       +2.2 kB
              programs                  23 B  1.00 MB            +1 B
              files that grew
                app/wwwroot/site.css  2.5 kB                  +1.5 kB
                app/wwwroot/new.js    1.2 kB             new, +1.2 kB
                app/Sample.dll          23 B                     +1 B
            """,
            refusal.Message);
    }

    [Fact]
    public async Task What_shrank_or_stayed_is_told_too()
    {
        using var sample = new Sample();
        sample.Put("wwwroot/site.css", new string('x', 1_000));
        await sample.WriteAsync("1.2.2");
        sample.Put("wwwroot/site.css", "");
        var artifact = await sample.WriteAsync();
        var report = await SizeReport.MeasureAsync(sample.Store, artifact.Digest, All[2..], sample.Store.Find("1.2.2"), TestContext.Current.CancellationToken);
        Assert.Equal(
            """
              part        size     budget  since 1.2.2
              web assets  15 B   2.0 kB        -1.0 kB
              programs    22 B  1.00 MB           same
            """,
            report.ToString());
    }
}
