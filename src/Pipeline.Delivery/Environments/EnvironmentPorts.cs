using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Environments;

/// <summary>An environment with everything that is needed to deploy to it.</summary>
public sealed record EnvironmentPorts
{
    /// <summary>What it is.</summary>
    public required DeliveryEnvironment Environment { get; init; }

    /// <summary>What it stands on.</summary>
    public required IFoundation Foundation { get; init; }

    /// <summary>What runs its instances.</summary>
    public required IEngine Engine { get; init; }

    /// <summary>What routes its traffic.</summary>
    public required IEdge Edge { get; init; }

    /// <summary>What keeps its database.</summary>
    public required IMigrator Migrator { get; init; }

    /// <summary>What configures its instances.</summary>
    public required IInstanceSettings Settings { get; init; }

    /// <summary>What asks an instance whether it is ready.</summary>
    public required IReadinessProbe Readiness { get; init; }

    /// <summary>The checks that a release passes on its private route before it gets traffic.</summary>
    public required IReleaseCheck Smoke { get; init; }

    /// <summary>The judge of a release that has just got the traffic.</summary>
    public required IPostDeployVerification Verification { get; init; }

    /// <summary>What may refuse a deployment here, in the order of the checklist.</summary>
    public required IReadOnlyList<IGate> Gates { get; init; }

    /// <summary>Who agreed to a deployment, where the environment asks for an approval; without one such a deployment is refused.</summary>
    public IApprover Approver { get; init; } = new NobodyToAsk();

    /// <summary>Who sees that a deployment was begun; nobody by default.</summary>
    public IDeploymentWitness? Witness { get; init; }

    /// <summary>The hosts that this run does without, each with the reason; empty by default. Only a rollback leaves hosts out.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The environment without the hosts that do not answer now.</summary>
    internal async Task<EnvironmentPorts> ReachAsync(CancellationToken cancellation)
    {
        var reaching = Engine.ReachAsync(cancellation);
        await Task.WhenAll(Foundation.EnsureReachableAsync(cancellation), reaching);
        var reached = await reaching;
        return this with { Engine = reached.Engine, LeftOut = reached.LeftOut };
    }
}
