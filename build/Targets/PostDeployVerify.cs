using Build.Delivering;
using Build.Environments;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Judges what serves production (or --environment) now: health, endpoints, error rate, response time")]
public sealed class PostDeployVerify(ShopDelivery delivery) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        delivery.VerifyAsync(context.Get(Parameters.Environment) ?? Production.Name, cancellation);
}
