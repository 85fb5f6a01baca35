using Pipeline.Targets.Output;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Output;

/// <summary>What targets report is shown by GitHub beside the file and line.</summary>
public sealed class AnnotationTests
{
    private const string Secret = "s3cr:et,va%lue";

    [Fact]
    public void A_finding_is_shown_beside_its_file_and_line_whatever_is_in_it()
    {
        using var run = OnGitHub<Reports>();
        run.Write("src/a,b:c%.cs", "");
        Assert.Equal(0, run.Run("--target", "Reports"));
        Assert.Equal(
            [
                "::group::Reports",
                "looking",
                "::endgroup::",
                "::error file=src/a%2Cb%3Ac%25.cs,line=3,col=7,title=compiler CS8603%2C%0A%3A%3Aerror%3A%3A::first%0Asecond%0D%0A::set-output name=x::y 100%25",
                "::error title=CS1::about a file that is not there",
                "::error title=CS2::about a file elsewhere",
                "::warning file=src/a%2Cb%3Ac%25.cs,line=4,title=IDE1::no column",
                "::notice file=src/a%2Cb%3Ac%25.cs::the *** is known",
            ],
            run.Out.Split('\n').Where(line => !line.StartsWith("::add-mask", StringComparison.Ordinal)).Take(8));
    }

    [Fact]
    public void Paths_are_those_of_the_repository_where_the_pipeline_works_in_a_folder_of_it()
    {
        using var run = OnGitHub<Reports>();
        run.Write("src/a,b:c%.cs", "");
        run.Variables["GITHUB_WORKSPACE"] = Path.GetDirectoryName(run.Folder)!;
        Assert.Equal(0, run.Run("--target", "Reports"));
        Assert.Contains($"::notice file={Path.GetFileName(run.Folder)}/src/a%2Cb%3Ac%25.cs::", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_GitHub_would_drop_is_counted()
    {
        using var run = OnGitHub<ReportsALot>();
        Assert.Equal(1, run.Run("--target", "ReportsALot"));
        string[] lines = run.Out.Split('\n');
        Assert.Equal(10, lines.Count(line => line.StartsWith("::error", StringComparison.Ordinal)));
        Assert.Equal(10, lines.Count(line => line.StartsWith("::warning", StringComparison.Ordinal)));
        Assert.Contains("5 further findings of ReportsALot are in the summary of the job: GitHub shows 10 of a kind for each step", lines);
    }

    [Fact]
    public void A_failure_without_a_finding_is_one()
    {
        using var run = OnGitHub<Fails>();
        Assert.Equal(1, run.Run("--target", "Fails"));
        Assert.Contains("\n::error title=Fails failed::staging said no%0A::warning::to all of it\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Misuse_is_one_too()
    {
        using var run = OnGitHub<Fails>();
        Assert.Equal(2, run.Run("--target", "Fails", "--nonsense"));
        Assert.StartsWith("::error::--nonsense is no option or parameter of this program", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Elsewhere_findings_are_in_the_report_alone()
    {
        using var run = new TestRun(typeof(Reports));
        run.Write("src/a,b:c%.cs", "");
        Assert.Equal(0, run.Run("--target", "Reports"));
        Assert.DoesNotContain("CS8603", run.Out, StringComparison.Ordinal);
        Assert.Contains("\"line\": 3,\n          \"column\": 7,\n          \"severity\": \"error\",\n          \"tool\": \"compiler\",", run.RunFile("run.json"), StringComparison.Ordinal);
        Assert.Contains("src/a,b:c%.cs(4): IDE1: no column\n", run.RunFile("report.html"), StringComparison.Ordinal);
    }

    private static TestRun OnGitHub<TTarget>() => new(typeof(TTarget)) { Devices = new ConsoleDevices(TextWriter.Null, TextWriter.Null) { IsGitHub = true } };

    private sealed class Reports : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Mask(Secret);
            context.Say("looking");
            const string File = "src/a,b:c%.cs";
            var known = new Finding(File, 3, 7, "CS8603,\n::error::", "first\nsecond\r\n::set-output name=x::y 100%") { Tool = "compiler" };
            context.Report(known);
            context.Report(known);
            context.Report(
            [
                new(File, 0, 0, "", $"the {Secret} is known") { Severity = FindingSeverity.Notice },
                new("MSBUILD", 0, 0, "CS1", "about a file that is not there"),
                new(System.Environment.ProcessPath!, 1, 1, "CS2", "about a file elsewhere"),
                new(File, 4, 0, "IDE1", "no column") { Severity = FindingSeverity.Warning },
            ]);
            return Task.CompletedTask;
        }
    }

    private sealed class ReportsALot : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Report(Enumerable.Range(1, 13).Select(line => new Finding("a.cs", line, 0, "CS1", "wrong")));
            context.Report(Enumerable.Range(1, 12).Select(line => new Finding("a.cs", line, 0, "CS2", "odd") { Severity = FindingSeverity.Warning }));
            throw new InvalidOperationException("25 findings");
        }
    }

    private sealed class Fails : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => throw new InvalidOperationException("staging said no\n::warning::to all of it");
    }
}
