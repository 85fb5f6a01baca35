using Cake.Frosting;
using Pipeline.Applications.Delivering;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Judges what serves production (or --environment) now: health, endpoints, error rate, response time.</summary>
[TaskDescription("Judges what serves production (or --environment) now: health, endpoints, error rate, response time")]
public sealed class PostDeployVerify(ApplicationDelivery delivery) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        delivery.VerifyAsync(context.Get(DeliveryParameters.Environment) ?? EnvironmentNames.Production, cancellation);
}
