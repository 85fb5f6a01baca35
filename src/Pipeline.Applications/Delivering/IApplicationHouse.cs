using Pipeline.Applications.Databases;
using Pipeline.Applications.Stages;
using Pipeline.Artifacts;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Applications.Delivering;

/// <summary>An application's delivery, put together for a run: which adapter stands behind which port, in each of its environments.</summary>
public interface IApplicationHouse
{
    /// <summary>Its environments, in the order in which a release goes through them.</summary>
    IReadOnlyList<DeliveryEnvironment> Environments { get; }

    /// <summary>The record of all that was done.</summary>
    LedgerHouse Ledger { get; }

    /// <summary>The artifacts.</summary>
    ArtifactStore Store { get; }

    /// <summary>The folders of this clone.</summary>
    StatePaths Paths { get; }

    /// <summary>Who is told.</summary>
    IDeliveryLog Log { get; }

    /// <summary>The clock.</summary>
    TimeProvider Time { get; }

    /// <summary>Where an environment lives.</summary>
    IStage Stage(string environment);

    /// <summary>All that a deployment to an environment needs.</summary>
    EnvironmentPorts Ports(string environment, ILedger ledger);

    /// <summary>The secrets of an environment that this program knows, which nothing it writes may show.</summary>
    IEnumerable<string> Secrets(string environment) => [];
}
