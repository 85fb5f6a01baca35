using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Output;

/// <summary>What a run shows, to the letter, for every option.</summary>
public sealed class OutputTests
{
    private static readonly Type[] Shop = [typeof(Compile), typeof(UnitTest), typeof(Pack), typeof(Breaks), typeof(AfterBreaks), typeof(Skipped), typeof(Release)];

    private static void Options(PipelineOptions options)
    {
        options.Description = "Builds the shop.";
        options.Add(new Parameter<int>("shards", "Parts of the tests") { Default = 2, Minimum = 1, Maximum = 8 }, new Parameter<bool>("fast", "Leaves out what is slow"));
        options.Add(new Parameter<string>("key", "Signs packages") { IsSecret = true, RequiredBy = ["Release"] });
    }

    [Fact]
    public void A_run_keeps_the_output_of_each_target_together()
    {
        using var run = new TestRun(Shop);
        Assert.Equal(0, run.Run("--target", "Pack", "--parallel", "1"));
        Assert.Equal(
            """
            ── Compile ─────────────────────────────────────────────────────
            compiling
            ✓ Compile  0.0 s (no evidence yet)
            ── UnitTest ────────────────────────────────────────────────────
            testing
            1 warning
            ✓ UnitTest  0.0 s
            ✓ Pack  0.0 s (no evidence yet)
            3 done in 0.0 s

            """,
            run.Out);
        Assert.Equal("", run.Error);
    }

    [Fact]
    public void A_failure_says_why_and_what_did_not_run()
    {
        using var run = new TestRun(Shop) { Configure = Options };
        Assert.Equal(1, run.Run("--target", "Release", "--parallel", "1", "--key", "k-1234"));
        Assert.Equal(
            """
            ── Compile ─────────────────────────────────────────────────────
            compiling
            ✓ Compile  0.0 s (no evidence yet)
            ── Breaks ──────────────────────────────────────────────────────
            Error: no space
              because: disk full
            ✗ Breaks  failed after 0.0 s
            - AfterBreaks  not run: Breaks did not succeed
            - UnitTest  not run: another target failed; --keep-going would run it
            - Pack  not run: UnitTest did not succeed
            - Skipped  not run: another target failed; --keep-going would run it
            - Release  not run: AfterBreaks and Pack and Skipped did not succeed
            Error: Breaks failed: no space
            1 done, 1 failed, 5 not run in 0.0 s

            """,
            run.Out);
    }

    [Fact]
    public void Keep_going_runs_what_does_not_depend_on_the_failure()
    {
        using var run = new TestRun(Shop) { Configure = Options };
        Assert.Equal(1, run.Run("--target", "Release", "--parallel", "1", "--keep-going", "--key", "k-1234"));
        Assert.Equal(
            """
            ── Compile ─────────────────────────────────────────────────────
            compiling
            ✓ Compile  0.0 s (no evidence yet)
            ── Breaks ──────────────────────────────────────────────────────
            Error: no space
              because: disk full
            ✗ Breaks  failed after 0.0 s
            ── UnitTest ────────────────────────────────────────────────────
            testing
            1 warning
            ✓ UnitTest  0.0 s
            ✓ Pack  0.0 s (no evidence yet)
            - Skipped  skipped: not on a Friday
            - AfterBreaks  not run: Breaks did not succeed
            - Release  not run: AfterBreaks did not succeed
            Error: Breaks failed: no space
            3 done, 1 skipped, 1 failed, 2 not run in 0.0 s

            """,
            run.Out);
    }

    [Theory]
    [InlineData("--exclusive")]
    [InlineData("--skip-dependencies")]
    [InlineData("-e")]
    public void Exclusive_leaves_out_the_dependencies(string option)
    {
        using var run = new TestRun(Shop);
        Assert.Equal(0, run.Run("--target", "Pack", option));
        Assert.Equal("✓ Pack  0.0 s (no evidence yet)\n1 done in 0.0 s\n", run.Out);
    }

    [Fact]
    public void A_requested_target_that_is_skipped_is_a_failure_as_with_Cake()
    {
        using var run = new TestRun(Shop);
        Assert.Equal(1, run.Run("--target", "Skipped"));
        Assert.Contains("Error: Could not reach target 'Skipped' since it was skipped due to a criteria: not on a Friday.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_lists_the_order()
    {
        using var run = new TestRun(Shop);
        Assert.Equal(0, run.Run("--target", "Pack", "--dryrun"));
        Assert.Equal("Performing dry run...\nTargets are: Pack\n\n1. Compile\n2. UnitTest\n3. Pack\n\nThis was a dry run.\nNo tasks were actually executed.\n", run.Out);
    }

    [Fact]
    public void The_plan_tells_what_would_run_and_why()
    {
        using var run = new TestRun(Shop);
        Assert.Equal(0, run.Run("--target", "Pack", "--plan"));
        Assert.Equal(
            """
            run   Compile   no evidence yet
            run   UnitTest  it keeps no evidence
            run   Pack      depends on UnitTest and Compile, which run first
            3 would run, 0 would be skipped

            """,
            run.Out);
        Assert.False(Directory.Exists(Path.Combine(run.Folder, ".pipeline", "runs")));
    }

    [Fact]
    public void The_plan_as_JSON_is_one_document_on_standard_output()
    {
        using var run = new TestRun(Shop);
        Assert.Equal(0, run.Run("--target", "UnitTest", "--plan", "json"));
        Assert.Equal(
            """
            {
              "schema": 1,
              "targets": [
                {
                  "name": "Compile",
                  "description": "Compiles",
                  "action": "run",
                  "upToDate": false,
                  "reason": "no evidence yet",
                  "dependsOn": []
                },
                {
                  "name": "UnitTest",
                  "description": "Tests",
                  "action": "run",
                  "upToDate": false,
                  "reason": "it keeps no evidence",
                  "dependsOn": [
                    "Compile"
                  ]
                }
              ]
            }

            """,
            run.Out);
    }

    [Fact]
    public void Lists_and_graphs_need_no_run()
    {
        using var run = new TestRun(Shop);
        Assert.Equal(0, run.Run("--list"));
        Assert.Equal("AfterBreaks\nBreaks\nCompile      Compiles\nPack\nRelease\nSkipped\nUnitTest     Tests\n", run.Out);
        Assert.Equal(0, run.Run("--target", "Pack", "--graph", "mermaid"));
        Assert.Equal("flowchart LR\n    t0[\"Compile\"]\n    t1[\"UnitTest\"]\n    t2[\"Pack\"]\n    t0 --> t1\n    t0 --> t2\n    t1 --> t2\n", run.Out);
        Assert.Equal(0, run.Run("--target", "Pack", "--tree"));
        Assert.Contains("├─Pack\n│ ├─UnitTest\n│ │ └─Compile\n│ └─Compile\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_help_shows_options_parameters_and_targets()
    {
        using var run = new TestRun(Shop) { Configure = Options };
        Assert.Equal(0, run.Run("--help", "--target", "Nonsense"));
        Assert.Equal(
            """
            Builds the shop.

            usage: program [--target <name>]… [options] [parameters]

            options:
              -t, --target <name>       Runs this target and what it depends on; repeatable
              -e, --exclusive           Runs the named targets without what they depend on
              -p, --parallel <number>   Runs up to this many targets at a time (default: the number of processors)
              -k, --keep-going          After a failure, still runs what does not depend on it
                  --force [name,…]      Runs all targets, or these, although their evidence still holds
                  --plan [text|json]    Shows what would run and what is skipped, and why
                  --dryrun              Lists the targets in their order without running them
                  --list                Lists all targets
                  --tree                Shows the targets as a tree
                  --graph [mermaid]     Prints the targets as a mermaid graph
                  --description         Shows each target with its description
              -v, --verbosity <level>   How much Cake's log says
              -w, --working <folder>    Works in this folder
                  --no-report           Leaves out the summary at the end
                  --summary <file>      Writes the summary of the run, or of the plan, into this file as markdown
                  --completion <shell>  Prints a script for the shell that completes options, targets and values
                  --version             Shows the version of Cake
                  --info                Shows more about Cake
              -h, --help                Shows this help

            parameters:
                  --shards <number>    Parts of the tests (default: 2; PIPELINE_SHARDS)
                  --fast [true|false]  Leaves out what is slow (PIPELINE_FAST)
                  --key <text>         Signs packages (needed by Release; PIPELINE_KEY)

            targets:
              AfterBreaks
              Breaks
              Compile      Compiles
              Pack
              Release
              Skipped
              UnitTest     Tests

            """,
            run.Out);
    }

    [Fact]
    public async Task A_long_silence_is_broken_by_what_still_runs()
    {
        var writer = new StringWriter { NewLine = "\n" };
        await using var _ = writer;
        var clock = new ManualClock();
        using var display = new Targets.Output.RunDisplay(writer, Targets.Output.DisplayStyle.For(new(writer, writer)), live: null, clock);
        var output = new Targets.Output.TargetOutput("Rehearse", new(), () => Path.Combine(Path.GetTempPath(), "unused"), display.Show);
        display.Start(output);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("", writer.ToString());
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("still running: Rehearse 30.0 s\n", writer.ToString());
        display.Finish(output, Targets.Output.TargetOutcome.Succeeded, "35.0 s");
        Assert.Equal("still running: Rehearse 30.0 s\n✓ Rehearse  35.0 s\n", writer.ToString());
    }

    [Fact]
    public void A_terminal_shows_what_runs_below_the_output()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var clock = new ManualClock();
        using (var display = new Targets.Output.RunDisplay(writer, Targets.Output.DisplayStyle.For(new(writer, writer) { HasColour = true }), new(() => 24), clock))
        {
            display.Expect(2);
            var output = new Targets.Output.TargetOutput("Build the whole world anew", new(), () => Path.Combine(Path.GetTempPath(), "unused"), display.Show);
            display.Start(output);
            clock.Advance(TimeSpan.FromMilliseconds(120));
            display.Finish(output, Targets.Output.TargetOutcome.Failed, "failed after 0.1 s");
        }

        Assert.Equal("\e[2m0 of 2 done, running:\e[0m\n\e[2m  Build the whole world\e[0m\n\e[2A\r\e[0J\e[31m✗ Build the whole world anew  failed after 0.1 s\e[0m\n", writer.ToString());
    }

    [TaskDescription("Compiles")]
    public sealed class Compile : Target
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Value("always", "the same");

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            Console.WriteLine("compiling");
            return Task.CompletedTask;
        }
    }

    [TaskDescription("Tests")]
    [IsDependentOn(typeof(Compile))]
    public sealed class UnitTest : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            context.Log.Information("testing");
            context.Log.Warning("1 warning");
        }
    }

    [IsDependentOn(typeof(UnitTest))]
    public sealed class Pack(Compile compile) : Target
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Value("always", "the same");

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(compile);
    }

    public sealed class Breaks : AsyncFrostingTask
    {
        public override Task RunAsync(ICakeContext context) => throw new InvalidOperationException("no space", new IOException("disk full"));
    }

    [IsDependentOn(typeof(Breaks))]
    public sealed class AfterBreaks : FrostingTask;

    public sealed class Skipped : FrostingTask, IFrostingTask
    {
        string IFrostingTask.SkippedMessage => "not on a Friday";

        public override bool ShouldRun(ICakeContext context) => false;
    }

    [IsDependentOn(typeof(AfterBreaks))]
    [IsDependentOn(typeof(Pack))]
    [IsDependentOn(typeof(Skipped))]
    public sealed class Release : FrostingTask;
}
