using Cake.Frosting;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Stops both environments and the ledger; with --delete-data true forgets everything they kept.</summary>
[TaskDescription("Stops both environments and the ledger; with --delete-data true forgets everything they kept")]
public sealed class Down(Shutdown shutdown) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        context.Get(DeliveryParameters.DeleteData) ? shutdown.ForgetAsync(cancellation) : shutdown.StopAsync(cancellation);
}
