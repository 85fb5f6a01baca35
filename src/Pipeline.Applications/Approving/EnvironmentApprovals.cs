using Pipeline.Applications.Stages;
using Pipeline.Applications.Telling;
using Pipeline.Delivery.Ports;
using Pipeline.Targets;

namespace Pipeline.Applications.Approving;

/// <summary>Whom the deployments of an application ask for approval.</summary>
/// <param name="reason">What <c>--approve</c> says; null for nothing.</param>
/// <param name="terminal">Where a person may sit.</param>
/// <param name="github">Where the environment may be protected.</param>
/// <param name="time">The clock.</param>
public sealed class EnvironmentApprovals(string? reason, Terminal terminal, GitHubHouse github, TimeProvider time)
{
    /// <summary>Who is asked about an environment.</summary>
    /// <param name="stage">Where it lives.</param>
    public IApprover Of(IStage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return new EnvironmentApprover(OwnMachine.Keeps(stage, github.IsInJob), reason, terminal.IsAttended ? terminal.AskAsync : null, github, time);
    }
}
