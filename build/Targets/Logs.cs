using Build.Environments;
using Build.Operating;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Shows the last lines of an environment's instances, with --follow those that come")]
public sealed class Logs(InstanceAccess access) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        await access.ShowLogsAsync(context, context.Get(Parameters.Environment) ?? Production.Name, cancellation);
}
