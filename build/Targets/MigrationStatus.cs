using Build.Environments;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Shows what a deploy would apply to the database of staging (or --environment), and what stands against it; changes nothing")]
public sealed class MigrationStatus(BuildImage image, ApplicationDelivery delivery) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        delivery.DescribeMigrationsAsync(context.Get(DeliveryParameters.Environment) ?? Staging.Name, image.Result.Digest, cancellation);
}
