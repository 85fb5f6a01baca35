using Cake.Frosting;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Removes what hosts keep of releases that no rollback needs.</summary>
[TaskDescription("Removes what hosts keep of releases that no rollback needs")]
public sealed class Prune(ReleasePrune prune) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        await prune.RunAsync(context.Get(DeliveryParameters.Environment) ?? EnvironmentNames.Production, context.Get(DeliveryParameters.Keep), cancellation);
}
