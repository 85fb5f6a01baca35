using Build.Testing;
using Build.Testing.Coverage;
using Build.Testing.Results;
using Build.Tests.Sources;
using Pipeline.Delivery;
using Pipeline.Targets;

namespace Build.Tests.Testing;

/// <summary>Runs dotnet test on a real test project and reads what it left.</summary>
public sealed class TestRunTests
{
    [Fact]
    public void Outcomes_and_coverage_of_a_real_run_are_told_and_held_against_a_threshold()
    {
        using var sample = new SampleSolution();
        sample.WriteTests(
            """
                [Fact] public void It_counts_up() => Assert.Equal(2, Counter.Next(1));
                [Fact] public void It_counts_wrongly() => Assert.Equal(4, Counter.Next(1));
                [Fact(Skip = "no scale here")] public void It_weighs() { }
            """);
        var run = new TestRun(RealCake.Context(), sample.Root, Path.Combine(sample.Root, ".pipeline/tests"));
        Assert.Equal(["Counting.Tests"], run.FindProjects());
        run.Compile("tests/Counting.Tests/Counting.Tests.csproj");

        var summary = new TestSummary([run.Run("Counting.Tests")]);

        Assert.Equal((1, 1, 1), (summary.Passed, summary.Failed, summary.Skipped));
        Assert.Equal(
            """
            Counting.Tests  passed     1  failed   1  skipped   1
              skipped Counting.Tests.CounterTests.It_weighs: no scale here
            all             passed     1  failed   1  skipped   1
            """,
            summary.ToString());
        var refusal = Assert.Throws<DeliveryException>(summary.RequirePassed).Message;
        Assert.StartsWith(
            "tests: 1 failed, 1 passed, 1 skipped; mend what failed:\n  Counting.Tests: Counting.Tests.CounterTests.It_counts_wrongly\n    Assert.Equal() Failure", refusal, StringComparison.Ordinal);
        var finding = Assert.Single(summary.Describe(sample.Root));
        Assert.Equal(("Counting.Tests.CounterTests.It_counts_wrongly", "test", FindingSeverity.Error), (finding.Title, finding.Tool, finding.Severity));
        Assert.StartsWith("tests/Counting.Tests/", finding.File, StringComparison.Ordinal);
        Assert.Contains("Assert.Equal(4, Counter.Next(1))", File.ReadLines(Path.Combine(sample.Root, finding.File)).ElementAt(finding.Line - 1), StringComparison.Ordinal);
        Assert.Equal("Assert.Equal() Failure: Values differ\nExpected: 4\nActual:   2", finding.Message);

        var coverage = run.MeasureCoverage();
        Assert.Equal([new AssemblyCoverage("Counting", 3, 6), new AssemblyCoverage("Unused", 0, 0)], coverage);
        new CoverageThreshold(50, new Dictionary<string, double> { ["Unused"] = 0 }).Require(coverage);
        Assert.Equal(
            "coverage: 2 of 2 assemblies lie below their threshold; test what is new in them:"
            + "\n  Unused: no test loads it, asked for 75 %\n  Counting: 50.0 % (3 of 6 lines), asked for 75 %",
            Assert.Throws<DeliveryException>(() => new CoverageThreshold(75, new Dictionary<string, double>()).Require(coverage)).Message);
    }

    [Fact]
    public void Tests_that_do_not_compile_are_no_passed_tests()
    {
        using var sample = new SampleSolution();
        sample.WriteTests("    this does not compile");
        var run = new TestRun(RealCake.Context(), sample.Root, Path.Combine(sample.Root, ".pipeline/tests"));
        var refusal = Assert.Throws<DeliveryException>(() => run.Run("Counting.Tests"));
        Assert.StartsWith("tests of Counting.Tests: ", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith("was not written, so they did not run to their end; run dotnet test tests/Counting.Tests and see why", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_counts_when_any_of_several_runs_went_through_it()
    {
        using var folder = new Pipeline.Testing.TemporaryDirectory();
        var (first, second) = (folder.Combine("first.xml"), folder.Combine("second.xml"));
        File.WriteAllText(first, Report("/repo/", "src/Shop/Cart.cs", (1, 0), (2, 3), (3, 0)));
        File.WriteAllText(second, Report("/repo/src/Shop/", "Cart.cs", (1, 1), (2, 0), (3, 0)));
        Assert.Equal([new AssemblyCoverage("Shop", 2, 3)], CoberturaReader.Merge([first, second], ["Shop"]));
    }

    private static string Report(string source, string file, params (int Number, int Hits)[] lines) =>
        $"""
        <coverage><sources><source>{source}</source></sources><packages><package name="Shop"><classes>
          <class filename="{file}"><lines>{string.Concat(lines.Select(line => $"<line number=\"{line.Number}\" hits=\"{line.Hits}\" />"))}</lines></class>
          <class filename="obj/Generated.cs"><lines><line number="1" hits="0" /></lines></class>
        </classes></package></packages></coverage>
        """;
}
