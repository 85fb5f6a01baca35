using Cake.Frosting;
using Pipeline.Applications.Delivering;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>What runs where, since when, by whom, from which commit, healthy or not.</summary>
[TaskDescription("What runs where, since when, by whom, from which commit, healthy or not")]
public sealed class Status(ApplicationDelivery delivery) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var environments = await delivery.ObserveAsync(context.Get(DeliveryParameters.Environment), cancellation);
        context.WriteDocument(context.Get(DeliveryParameters.Json) ? StatusDocument.Json(environments) : StatusDocument.Text(environments));
    }
}
