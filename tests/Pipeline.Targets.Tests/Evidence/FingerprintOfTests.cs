using Cake.Frosting;
using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Evidence;

/// <summary>A target can name the evidence of those before it.</summary>
public sealed class FingerprintOfTests
{
    [Fact]
    public void The_fingerprint_of_a_target_is_the_name_of_its_evidence_whether_it_ran_or_was_skipped()
    {
        using var run = new TestRun(typeof(Reads), typeof(Careless), typeof(Names));
        Assert.Equal(0, run.Run("--target", "Names"));
        var evidence = Assert.Single(Directory.GetFiles(Path.Combine(run.Folder, ".pipeline", "evidence", "Reads")));
        var expected = $"Reads {Path.GetFileNameWithoutExtension(evidence)}, Careless none, Names none";
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
        Assert.Equal(0, run.Run("--target", "Names"));
        Assert.Contains("= Reads", run.Out, StringComparison.Ordinal);
        Assert.Contains(expected, run.Out, StringComparison.Ordinal);
    }

    [TaskName("Reads")]
    public sealed class Reads : Target
    {
        protected override void DeclareInputs(Inputs inputs) => inputs.Value("recipe", "sugar");

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
    }

    [TaskName("Careless")]
    public sealed class Careless : Target
    {
        protected override EvidenceUse EvidenceUse => EvidenceUse.None;

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation) => Task.CompletedTask;
    }

    [TaskName("Names")]
    [IsDependentOn(typeof(Reads))]
    [IsDependentOn(typeof(Careless))]
    public sealed class Names : Target
    {
        protected override EvidenceUse EvidenceUse => EvidenceUse.None;

        protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
        {
            context.Say($"Reads {context.FingerprintOf<Reads>() ?? "none"}, Careless {context.FingerprintOf<Careless>() ?? "none"}, Names {context.FingerprintOf<Names>() ?? "none"}");
            return Task.CompletedTask;
        }
    }
}
