using Cake.Frosting;
using Pipeline.Applications.Telling;
using Pipeline.Targets;

namespace Pipeline.Applications.Operating;

/// <summary>Tells GitHub of deployments what earlier runs could not.</summary>
[TaskDescription("Tells GitHub of deployments what earlier runs could not")]
public sealed class TellGitHub(DeploymentTellings tellings) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        foreach (var line in (await tellings.TellAsync(cancellation)).DefaultIfEmpty("GitHub knows everything"))
            context.Say(line);
    }
}
