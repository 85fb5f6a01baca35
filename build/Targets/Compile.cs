using Build.Linting;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Compiles everything; a warning is an error")]
public sealed class Compile(StatePaths paths) : Target<Evidence>
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files(Sources.Code);

    protected override Task<Recall<Evidence>> RecallAsync(TargetContext context, FoundEvidence<Evidence>? evidence, CancellationToken cancellation) =>
        Task.FromResult(Evidence.Decide<Compile>(context, evidence));

    protected override Task<Evidence> RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var findings = new SourceLint(context, paths.Repository, Sources.Solution).Compile();
        context.Report(findings);
        SourceLint.RequireNone(findings);
        return Task.FromResult(new Evidence("compiles without a warning"));
    }
}
