using Build.Delivering;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Stops both environments and the ledger; with --delete-data true forgets everything they kept")]
public sealed class Down(Shutdown shutdown) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        context.Get(Parameters.DeleteData) ? shutdown.ForgetAsync(cancellation) : shutdown.StopAsync(cancellation);
}
