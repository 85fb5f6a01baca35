using Build.Delivering;
using Build.Environments;
using Cake.Frosting;
using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Returns an environment (production, or --environment) to its previous release, or to --release")]
public sealed class Rollback(ShopDelivery delivery) : Target<Deployment>
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task<Deployment> RunAsync(TargetContext context, CancellationToken cancellation) =>
        delivery.RollbackAsync(context, context.Get(Parameters.Environment) ?? Production.Name, cancellation);
}
