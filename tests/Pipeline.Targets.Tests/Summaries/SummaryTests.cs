using Cake.Frosting;
using Pipeline.Targets.Output;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Summaries;

/// <summary>What whoever opens the page of a run sees first.</summary>
public sealed class SummaryTests
{
    private const string Secret = "p*ss|word_1";

    [Fact]
    public void A_run_is_told_with_tests_coverage_what_went_where_and_what_was_skipped()
    {
        using var run = new TestRun(typeof(Checks), typeof(Ships), typeof(Tells));
        Assert.Equal(0, run.Run("--target", "Tells", "--parallel", "1", "--summary", "out/summary.md"));
        Assert.Equal(
            """
            ## ✓ Tells: done

            3 done in 0.0 s · by USER on HOST

            ### What went where

            sources <code>abc1234</code> → artifact <code>sha256\:12</code> → staging <code>1.2.3</code>

            ### Where to look

            - <a href="http://127.0.0.1:18081/?a=1&amp;b=2">staging</a>
            - odd: <code>javascript\:alert\(1\)</code>

            ### Tests

            | project | passed | failed | skipped |
            |---|---|---|---|
            | Shop.Tests | 40 | 0 | 2 |
            | Edge.Tests | 2 | 0 | 0 |
            | all | 42 | 0 | 2 |

            ### Coverage

            | assembly | lines | asked for |
            |---|---|---|
            | Edge | 61.3 % | 60 % |
            | Shop | 91.0 % | 75 % |

            ### Sizes

            | part | now |
            |---|---|
            | image | 12 MB |

            ### Targets

            |  | target | took | why |
            |---|---|---|---|
            | done | Checks | 0.0 s |  |
            | done | Ships | 0.0 s | no evidence yet |
            | done | Tells | 0.0 s |  |

            ### Timeline

            ```mermaid
            gantt
                dateFormat YYYY-MM-DD HH:mm:ss.SSS
                axisFormat %H:%M:%S
                (0.0 s) Checks :2000-01-01 00:00:00.000, 1ms
                (0.0 s) Ships :2000-01-01 00:00:00.000, 1ms
                (0.0 s) Tells :2000-01-01 00:00:00.000, 1ms
            ```

            """,
            Read(run, "out/summary.md"));

        Assert.Equal(0, run.Run("--target", "Tells", "--parallel", "1", "--summary", "out/summary.md"));
        Assert.Contains("sources <code>abc1234</code> → artifact", Read(run, "out/summary.md"), StringComparison.Ordinal);
        Assert.Contains("| up to date | Ships |  | unchanged since ", Read(run, "out/summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_comes_first_and_nothing_of_it_is_more_than_text()
    {
        using var run = OnGitHub(typeof(Fails), typeof(AfterFails));
        run.Write("summary.md", "of another program\n");
        Assert.Equal(1, run.Run("--target", "AfterFails"));
        var summary = Read(run, "summary.md");
        Assert.StartsWith("of another program\n## ✗ AfterFails: failed\n\n1 failed, 1 not run in 0.0 s", summary, StringComparison.Ordinal);
        Assert.Contains("\n### ✗ Fails failed after 0.0 s\n\n````text\n*** <script>\n```\n# not a heading\n````\n", summary, StringComparison.Ordinal);
        Assert.Contains(
            "\n### 1 finding\n\n|  | where | what | message |\n|---|---|---|---|\n| error | a\\`\\|\\*\\*b.cs\\(1\\) | rule | \\[x\\]\\(http\\://evil\\) \\@\u2060octocat \\#\u20601 &lt;img src=x&gt; \\$x\\$ |\n", summary, StringComparison.Ordinal);
        Assert.Contains("\n| not run | AfterFails |  | Fails did not succeed |\n", summary, StringComparison.Ordinal);
        Assert.Contains("\n    (0.0 s) Fails :crit, 2000-01-01 00:00:00.000, 1ms\n", summary, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, summary, StringComparison.Ordinal);
        Assert.DoesNotContain("p\\*ss", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_is_told_too()
    {
        using var run = OnGitHub(typeof(Checks), typeof(Ships), typeof(Tells));
        Assert.Equal(0, run.Run("--target", "Ships", "--plan"));
        Assert.Equal("## Plan of Ships\n\n1 would run, 0 would be skipped\n\n|  | target | why |\n|---|---|---|\n| run | Ships | no evidence yet |\n\n", Read(run, "summary.md"));
    }

    [Fact]
    public void GitHub_gets_no_more_than_it_keeps()
    {
        using var run = OnGitHub(typeof(Huge));
        run.Write("summary.md", new string('x', 100_000));
        Assert.Equal(0, run.Run("--target", "Huge"));
        var summary = Read(run, "summary.md");
        Assert.InRange(new FileInfo(Path.Combine(run.Folder, "summary.md")).Length, 100_000, 1024 * 1024);
        Assert.Contains("### small", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("### large", summary, StringComparison.Ordinal);
        Assert.EndsWith("> 1 section would go beyond the 1 MiB that GitHub keeps for a step; report.html has all of it\n", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_a_summary()
    {
        using var stop = new CancellationTokenSource();
        Stops.Now = stop.Cancel;
        using var run = new TestRun(typeof(Stops)) { Cancellation = stop.Token };
        Assert.Equal(130, run.Run("--target", "Stops", "--summary", "summary.md"));
        Assert.StartsWith("## ⊘ Stops: cancelled\n", Read(run, "summary.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_that_cannot_be_written_fails_nothing()
    {
        using var run = new TestRun(typeof(Ships));
        Directory.CreateDirectory(Path.Combine(run.Folder, "taken"));
        Assert.Equal(0, run.Run("--target", "Ships", "--summary", "taken"));
        Assert.Contains("warning: the summary of this run could not be written: ", run.Out, StringComparison.Ordinal);
    }

    private static string Read(TestRun run, string file) =>
        File.ReadAllText(Path.Combine(run.Folder, file)).Replace($"by {Environment.UserName} on {Environment.MachineName}", "by USER on HOST", StringComparison.Ordinal);

    private static TestRun OnGitHub(params Type[] targets)
    {
        var run = new TestRun(targets) { Devices = new ConsoleDevices(TextWriter.Null, TextWriter.Null) { IsGitHub = true } };
        run.Variables["GITHUB_STEP_SUMMARY"] = Path.Combine(run.Folder, "summary.md");
        return run;
    }

    private sealed class Checks : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Summarize(new TestCounts("Shop.Tests", 40, 0, 2));
            context.Summarize(new TestCounts("Edge.Tests", 2, 0, 0));
            context.Summarize(new LineCoverage("Shop", 91, 75));
            context.Summarize(new LineCoverage("Edge", 61.25, 60));
            return Task.CompletedTask;
        }
    }

    private sealed class Ships : Target<string>
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Value("always", "the same");

        protected override IEnumerable<SummaryPart> Summarize(string result) =>
            [new LineageStation("sources", "abc1234"), new LineageStation("artifact", result)];

        protected override Task<string> RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult("sha256:12");
    }

    [IsDependentOn(typeof(Checks))]
    private sealed class Tells(Ships ships) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            _ = ships.Result;
            context.Summarize(new LineageStation("staging", "1.2.3"));
            context.Summarize(new SummaryLink("staging", new("http://127.0.0.1:18081/?a=1&b=2")));
            context.Summarize(new SummaryLink("odd", new("javascript:alert(1)")));
            context.Summarize(new SummaryTable("Sizes", ["part", "now"], [["image", "12 MB"]]));
            return Task.CompletedTask;
        }
    }

    private sealed class Fails : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Mask(Secret);
            context.Report(new Finding("a`|**b.cs", 1, 0, "rule", "[x](http://evil) @octocat #1 <img src=x> $x$\nmore"));
            throw new InvalidOperationException($"{Secret} <script>\n```\n# not a heading");
        }
    }

    [IsDependentOn(typeof(Fails))]
    private sealed class AfterFails : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class Huge : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Summarize(new SummaryTable("large", ["number"], [.. Enumerable.Range(0, 10_000).Select(_ => (string[])[new string('0', 100)])]));
            context.Summarize(new SummaryTable("small", ["number"], [["1"]]));
            return Task.CompletedTask;
        }
    }

    private sealed class Stops : Target
    {
        internal static Action Now { get; set; } = () => { };

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            Now();
            return Task.Delay(TimeSpan.FromMinutes(1), cancellation);
        }
    }
}
