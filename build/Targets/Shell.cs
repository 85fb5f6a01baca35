using Build.Operating;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Opens a shell inside an instance; in production it needs --reason, which the ledger keeps")]
public sealed class Shell(InstanceAccess access) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        await access.OpenShellAsync(context, context.Get(Parameters.Environment) ?? throw new MisuseException("Shell: name the environment with --environment staging or --environment production"), cancellation);
}
