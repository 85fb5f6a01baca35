using Pipeline.Applications.SupplyChain;
using Pipeline.Artifacts.Verifying;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;

namespace Pipeline.Applications.Delivering;

/// <summary>The checklist that every deployment of every application is held against, before anything changes.</summary>
public sealed record StandardGates
{
    /// <summary>The applications of releases.</summary>
    public required IApplicationFiles Files { get; init; }

    /// <summary>Knows what is said of an artifact.</summary>
    public required ArtifactOrigin Origin { get; init; }

    /// <summary>What must have passed before, where an environment asks for a rehearsal.</summary>
    public required Func<ILedger, IEnumerable<RehearsalGate>> Rehearsals { get; init; }

    /// <summary>Who answers for the deployment; null for the person who runs it.</summary>
    public string? OnCall { get; init; }

    /// <summary>Where stakeholders were told; needed where an environment asks for a rehearsal.</summary>
    public string? Announced { get; init; }

    /// <summary>The ports of an environment with these gates before them.</summary>
    public EnvironmentPorts Guard(EnvironmentPorts ports, ILedger ledger, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(ports);
        return ports with { Gates = [.. Of(ports, ledger, time)] };
    }

    private IEnumerable<IGate> Of(EnvironmentPorts ports, ILedger ledger, TimeProvider time)
    {
        yield return new ArtifactGate(Files);
        yield return new SupplyChainGate((digest, cancellation) => Origin.InspectAsync(digest, ledger, cancellation));
        if (ports.Environment.RequiresRehearsal)
        {
            foreach (var rehearsal in Rehearsals(ledger))
                yield return rehearsal;
        }
        yield return new MigrationGate(ports.Migrator);
        yield return new ConfigurationGate(ports.Settings);
        yield return new RollbackPlanGate(ledger, ports.Migrator, Files);
        yield return new MonitoringGate(ports.Edge, time);
        yield return new NamedPersonGate("someone on call named", OnCall ?? Actor.Present, "nobody is named; pass --on-call NAME");
        if (ports.Environment.RequiresRehearsal)
            yield return new NamedPersonGate("stakeholders told", Announced, "nobody was told that this run knows of; pass --announced with the channel or ticket");
    }
}
