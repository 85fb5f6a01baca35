using Build.Delivering;
using Build.Operating;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Writes both environments, or --environment, as compose files that start the same containers")]
public sealed class ExportCompose(BuildImage image, ShopHouse house, ComposeExport export) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        foreach (var environment in house.Environments.Where(each => context.Get(DeliveryParameters.Environment) is not { } named || each.Name == named))
            context.Say(await export.WriteAsync(environment.Name, image.Result.Digest, context.Get(Parameters.Output) ?? Path.Combine(house.Paths.Home, "compose"), cancellation));
    }
}
