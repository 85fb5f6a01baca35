using Cake.Frosting;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Shows the last lines of an environment's instances, with --follow those that come.</summary>
[TaskDescription("Shows the last lines of an environment's instances, with --follow those that come")]
public sealed class Logs(InstanceAccess access) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        await access.ShowLogsAsync(context, context.Get(DeliveryParameters.Environment) ?? EnvironmentNames.Production, cancellation);
}
