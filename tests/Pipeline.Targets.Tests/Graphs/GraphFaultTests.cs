using Cake.Frosting;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Graphs;

/// <summary>What is wrong with a graph is found before anything runs, all of it at once.</summary>
public sealed class GraphFaultTests
{
    [Fact]
    public void A_missing_dependency_is_named_with_all_who_need_it()
    {
        using var run = new TestRun(typeof(NeedsMissing), typeof(NeedsMissingToo));
        Assert.Equal(2, run.Run("--target", "NeedsMissing"));
        Assert.Equal(
            "Error: Missing is missing, but NeedsMissing and NeedsMissingToo depend on it; make its class public and add its assembly with options.AddTargets\n",
            run.Error);
    }

    [Fact]
    public void A_cycle_is_printed_as_its_path()
    {
        using var run = new TestRun(typeof(First), typeof(Second), typeof(Third));
        Assert.Equal(2, run.Run("--target", "First"));
        Assert.Equal("Error: First -> Third -> Second -> First: these targets depend on each other; remove one of the dependencies\n", run.Error);
    }

    [Fact]
    public void A_target_that_depends_on_itself_is_a_cycle()
    {
        using var run = new TestRun(typeof(Itself));
        Assert.Equal(2, run.Run("--target", "Itself"));
        Assert.StartsWith("Error: Itself -> Itself: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constructor_parameter_of_a_wrong_type_names_the_remedy()
    {
        using var run = new TestRun(typeof(Builds), typeof(TakesTheResult), typeof(TakesAnything), typeof(TakesTheBase));
        Assert.Equal(2, run.Run("--target", "Builds"));
        Assert.Equal(
            """
            Error: TakesTheResult: constructor parameter 'artifact' is of type Artifact, the result of Builds; take Builds and read its Result
            Error: TakesAnything: constructor parameter 'mail' is of type MailClient, which is neither a target nor a registered service; take a target, or register it with ConfigureServices
            Error: TakesTheBase: constructor parameter 'some' is of type Target<Artifact>, which is no single target; take the class of the target itself: Builds

            """,
            run.Error);
    }

    [Fact]
    public void Two_targets_of_one_name_are_refused()
    {
        using var run = new TestRun(typeof(Builds), typeof(BuildsToo));
        Assert.Equal(2, run.Run("--target", "Builds"));
        Assert.Equal("Error: Builds: 2 targets have this name; name one of them differently with [TaskName]\n", run.Error);
    }

    [Fact]
    public void All_faults_come_at_once()
    {
        using var run = new TestRun(typeof(NeedsMissing), typeof(Itself), typeof(TakesAnything)) { Configure = options => options.Add(new Parameter<int>("count", "How many")) };
        Assert.Equal(2, run.Run("--target", "Itslf", "--cuont", "3", "--count", "many"));
        Assert.Collection(
            run.Error.TrimEnd().Split('\n'),
            line => Assert.Equal("Error: --cuont is no option or parameter of this program; did you mean --count?", line),
            line => Assert.Equal("Error: --count 'many' is no whole number", line),
            line => Assert.StartsWith("Error: Missing is missing", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Error: Itself -> Itself", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Error: TakesAnything: constructor parameter", line, StringComparison.Ordinal),
            line => Assert.Equal("Error: --target Itslf: there is no such target; did you mean Itself?", line));
    }

    [Fact]
    public void An_unknown_target_is_answered_with_the_nearest_ones()
    {
        using var run = new TestRun(typeof(Builds));
        Assert.Equal(2, run.Run("--target", "Biulds", "--force", "X"));
        Assert.Contains("--target Biulds: there is no such target; did you mean Builds?", run.Error + run.Out, StringComparison.Ordinal);
        Assert.Contains("--force X: there is no such target; the targets are Builds", run.Error + run.Out, StringComparison.Ordinal);
    }

    public sealed record Artifact(string Name);

    public sealed class MailClient;

    public abstract class Quiet : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
    }

    public sealed class Missing : Quiet;

    [IsDependentOn(typeof(Missing))]
    public sealed class NeedsMissing : Quiet;

    [IsDependentOn(typeof(Missing))]
    public sealed class NeedsMissingToo : Quiet;

    [IsDependentOn(typeof(Third))]
    public sealed class First : Quiet;

    [IsDependentOn(typeof(First))]
    public sealed class Second : Quiet;

    public sealed class Third(Second second) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(second);
    }

    [IsDependentOn(typeof(Itself))]
    public sealed class Itself : Quiet;

    public sealed class Builds : Target<Artifact>
    {
        protected override Task<Artifact> RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(new Artifact("shop"));
    }

    [TaskName("Builds")]
    public sealed class BuildsToo : Quiet;

    public sealed class TakesTheResult(Artifact artifact) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(artifact);
    }

    public sealed class TakesAnything(MailClient mail) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(mail);
    }

    public sealed class TakesTheBase(Target<Artifact> some) : Target
    {
        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.FromResult(some);
    }
}
