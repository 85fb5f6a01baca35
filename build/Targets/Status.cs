using Build.Delivering;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("What runs where, since when, by whom, from which commit, healthy or not")]
public sealed class Status(ShopDelivery delivery) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var environments = await delivery.ObserveAsync(context.Get(Parameters.Environment), cancellation);
        context.WriteDocument(context.Get(Parameters.Json) ? StatusDocument.Json(environments) : StatusDocument.Text(environments));
    }
}
