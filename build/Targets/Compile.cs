using Build.Linting;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Compiles everything; a warning is an error")]
public sealed class Compile(StatePaths paths) : Target
{
    protected override void DeclareInputs(Inputs inputs) => inputs.Files(Sources.Everything);

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        SourceLint.RequireNone(new SourceLint(context, paths.Repository, Sources.Solution).Compile());
        return Task.CompletedTask;
    }
}
