using Cake.Core;
using Cake.Frosting;

namespace Pipeline.Targets.Tests.Running;

/// <summary>What a Frosting task may count on holds with the pipeline's engine as with Cake's own.</summary>
public sealed class SemanticsTests
{
    private static readonly List<string> Steps = [];

    public SemanticsTests() => Steps.Clear();

    [Fact]
    public void Lifetimes_surround_the_run_and_each_task()
    {
        using var run = WithLifetimes(typeof(Works), typeof(IsSkipped), typeof(All));
        Assert.Equal(0, run.Run("--target", "All", "--parallel", "1"));
        Assert.Equal(
            ["setup All of Works,IsSkipped,All", "before Works", "works", "after Works", "before IsSkipped", "after IsSkipped skipped", "before All", "after All", "teardown True"], Steps);
    }

    [Fact]
    public void A_failure_passes_error_handler_finally_and_both_teardowns()
    {
        using var run = WithLifetimes(typeof(Fails));
        Assert.Equal(1, run.Run("--target", "Fails"));
        Assert.Equal(["setup Fails of Fails", "before Fails", "on error oh no", "finally", "after Fails oh no", "teardown False"], Steps);
    }

    [Fact]
    public void An_error_handler_that_returns_has_handled_the_error()
    {
        using var run = WithLifetimes(typeof(Forgives), typeof(AfterForgives));
        Assert.Equal(0, run.Run("--target", "AfterForgives"));
        Assert.Contains("works", Steps);
        Assert.Contains("1 done, 1 failed but handled", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_setup_runs_no_task_but_the_teardown()
    {
        using var run = new TestRun(typeof(Works)) { Host = host => host.UseSetup<FailingSetup>().UseTeardown<Surround>() };
        Assert.Equal(1, run.Run("--target", "Works"));
        Assert.Equal(["teardown False"], Steps);
        Assert.Contains("Error: no setup today", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_teardown_fails_the_run()
    {
        using var run = new TestRun(typeof(Works)) { Host = host => host.UseTeardown<FailingTeardown>() };
        Assert.Equal(1, run.Run("--target", "Works"));
        Assert.Contains("no teardown today", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Dependees_run_before_those_they_name()
    {
        using var run = new TestRun(typeof(All), typeof(Works), typeof(IsSkipped), typeof(BeforeAll));
        Assert.Equal(0, run.Run("--target", "All", "--parallel", "1"));
        Assert.Contains("✓ BeforeAll  0.0 s\n✓ All", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_under_the_engine_of_Cake_says_what_is_missing()
    {
        var target = new Lonely();
        Assert.Contains("Lonely is a pipeline target but Cake's own engine runs it; call UsePipeline()", Assert.Throws<InvalidOperationException>(() => { _ = target.RunAsync((ICakeContext)null!); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Independent_targets_run_at_the_same_time()
    {
        using var run = new TestRun(typeof(Left), typeof(Right), typeof(Both)) { Time = TimeProvider.System };
        Assert.Equal(0, run.Run("--target", "Both", "--parallel", "2"));
        // Each waits for the other; their lines are written alternately, and stay together all the same.
        Assert.Matches("(?s)(Left 1\nLeft 2\nLeft 3\n.*Right 1\nRight 2\nRight 3\n)|(Right 1\nRight 2\nRight 3\n.*Left 1\nLeft 2\nLeft 3\n)", run.Out);
    }

    [Fact]
    public void A_run_that_was_cancelled_before_it_began_runs_nothing()
    {
        using var run = new TestRun(typeof(Works)) { Cancellation = new(canceled: true) };
        Assert.Equal(130, run.Run("--target", "Works"));
        Assert.Contains("- Works  not run: the run was cancelled", run.Out, StringComparison.Ordinal);
        Assert.Empty(Steps);
    }

    [Fact]
    public void A_target_that_does_not_heed_its_timeout_is_left_behind()
    {
        using var run = new TestRun(typeof(DeafTarget)) { Time = TimeProvider.System };
        Assert.Equal(1, run.Run("--target", "DeafTarget"));
        Assert.Contains("Error: DeafTarget did not finish within its timeout of 0.1 s", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_and_parameters_come_by_constructor()
    {
        using var run = new TestRun(typeof(TakesServices)) { Configure = options => options.Add(TakesServices.Size) };
        Assert.Equal(0, run.Run("--target", "TakesServices", "--size", "7"));
        Assert.Contains("size 7", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constructor_that_refuses_its_configuration_decides_the_exit_code()
    {
        using var run = new TestRun(typeof(Misconfigured)) { Configure = options => options.ExitCodeFor<InvalidDataException>(2) };
        Assert.Equal(2, run.Run("--target", "Misconfigured"));
        Assert.Contains("Error: SMTP_HOST is empty", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_report_the_summary_is_left_out()
    {
        using var run = new TestRun(typeof(Works));
        Assert.Equal(0, run.Run("--target", "Works", "--no-report"));
        Assert.Equal("✓ Works  0.0 s\n", run.Out);
    }

    [Fact]
    public void What_was_measured_is_in_both_reports()
    {
        using var run = new TestRun(typeof(Measures));
        Assert.Equal(0, run.Run("--target", "Measures"));
        Assert.Contains("\"value\": 41.5", run.RunFile("run.json"), StringComparison.Ordinal);
        var page = run.RunFile("report.html");
        Assert.Contains("<b>41.5</b> ms", page, StringComparison.Ordinal);
        Assert.Contains("<polyline class=\"line\"", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("\e", page, StringComparison.Ordinal);
    }

    private static TestRun WithLifetimes(params Type[] targets) => new(targets) { Host = host => host.UseSetup<Surround>().UseTeardown<Surround>().UseTaskLifetime<SurroundTask>() };

    public sealed class Surround : IFrostingSetup, IFrostingTeardown
    {
        public void Setup(ICakeContext context, ISetupContext info) => Steps.Add($"setup {info.TargetTask.Name} of {string.Join(',', info.TasksToExecute.Select(task => task.Name))}");

        public void Teardown(ICakeContext context, ITeardownContext info) => Steps.Add($"teardown {info.Successful}");
    }

    public sealed class SurroundTask : FrostingTaskLifetime
    {
        public override void Setup(ICakeContext context, ITaskSetupContext info) => Steps.Add($"before {info.Task.Name}");

        public override void Teardown(ICakeContext context, ITaskTeardownContext info) =>
            Steps.Add($"after {info.Task.Name}{(info.Skipped ? " skipped" : "")}{(info.ThrownException is { } thrown ? $" {thrown.Message}" : "")}");
    }

    public sealed class FailingSetup : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => throw new InvalidOperationException("no setup today");
    }

    public sealed class FailingTeardown : FrostingTeardown
    {
        public override void Teardown(ICakeContext context, ITeardownContext info) => throw new InvalidOperationException("no teardown today");
    }

    public sealed class Works : FrostingTask
    {
        public override void Run(ICakeContext context) => Steps.Add("works");
    }

    public sealed class IsSkipped : FrostingTask
    {
        public override bool ShouldRun(ICakeContext context) => false;
    }

    [IsDependentOn(typeof(Works))]
    [IsDependentOn(typeof(IsSkipped))]
    public sealed class All : FrostingTask;

    [IsDependeeOf(typeof(All))]
    public sealed class BeforeAll : FrostingTask;

    public sealed class Fails : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => throw new InvalidOperationException("oh no");

        public override void OnError(Exception exception, ICakeContext context)
        {
            Steps.Add($"on error {exception.Message}");
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        }

        public override void Finally(ICakeContext context) => Steps.Add("finally");
    }

    public sealed class Forgives : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => throw new InvalidOperationException("oh no");

        public override void OnError(Exception exception, ICakeContext context)
        {
        }
    }

    public sealed class AfterForgives(Forgives forgives) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            Steps.Add("works");
            return Task.FromResult(forgives);
        }
    }

    public sealed class Lonely : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
    }

    public abstract class Alternating : Target
    {
        private static readonly Barrier Meeting = new(2);

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            for (var line = 1; line <= 3; line++)
            {
                Assert.True(Meeting.SignalAndWait(TimeSpan.FromSeconds(60), cancellation));
                Console.WriteLine($"{context.Name} {line}");
            }

            return Task.CompletedTask;
        }
    }

    public sealed class Left : Alternating;

    public sealed class Right : Alternating;

    [IsDependentOn(typeof(Left))]
    [IsDependentOn(typeof(Right))]
    public sealed class Both : FrostingTask;

    public sealed class DeafTarget : Target
    {
        protected override TimeSpan Timeout => TimeSpan.FromMilliseconds(100);

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.Delay(TimeSpan.FromMinutes(3), CancellationToken.None);
    }

    public sealed class TakesServices(ParameterValues parameters, ICakeEnvironment environment, TimeProvider time) : Target
    {
        internal static readonly Parameter<int> Size = new("size", "How big");

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            Assert.Equal(context.WorkingDirectory, environment.WorkingDirectory.FullPath);
            Assert.NotNull(time);
            context.Say($"size {parameters.Get(Size)}");
            return Task.CompletedTask;
        }
    }

    public sealed class Misconfigured : Target
    {
        public Misconfigured() => throw new InvalidDataException("SMTP_HOST is empty");

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
    }

    public sealed class Measures : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Measure("p99", 41.5, "ms");
            context.Measure("broken", double.NaN, "");
            context.Plot("latency", "ms", "seconds", Enumerable.Range(0, 5000).Select(x => ((double)x, x % 7.0)));
            context.Plot("nothing", "", "", []);
            context.Attach("answer", "<script>alert(1)</script>");
            Console.WriteLine("\e[31mred\e[0m");
            return Task.CompletedTask;
        }
    }
}
