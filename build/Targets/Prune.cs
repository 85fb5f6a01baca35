using Build.Environments;
using Build.Operating;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Removes what hosts keep of releases that no rollback needs")]
public sealed class Prune(ReleasePrune prune) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        await prune.RunAsync(context.Get(Parameters.Environment) ?? Production.Name, context.Get(Parameters.Keep), cancellation);
}
