using Cake.Frosting;
using Pipeline.Applications.Delivering;
using Pipeline.Delivery.Deployments;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Returns an environment (production, or --environment) to its previous release, or to --release.</summary>
[TaskDescription("Returns an environment (production, or --environment) to its previous release, or to --release")]
public sealed class Rollback(ApplicationDelivery delivery) : Target<Deployment>
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override Task<Deployment> RunAsync(TargetContext context, CancellationToken cancellation) =>
        delivery.RollbackAsync(
            context.Get(DeliveryParameters.Environment) ?? EnvironmentNames.Production,
            context.Get(DeliveryParameters.Release), context.Get(DeliveryParameters.Reason), cancellation);
}
