using Cake.Frosting;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Opens a shell inside an instance; in production it needs --reason, which the ledger keeps.</summary>
[TaskDescription("Opens a shell inside an instance; in production it needs --reason, which the ledger keeps")]
public sealed class Shell(InstanceAccess access) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation) =>
        await access.OpenShellAsync(context, context.Get(DeliveryParameters.Environment) ?? throw new MisuseException("Shell: name the environment with --environment staging or --environment production"), cancellation);
}
