using Pipeline.Delivery.Ports;

namespace Pipeline.Applications.Stages;

/// <summary>Where an environment lives: what runs its instances, routes its traffic and stands below them.</summary>
public interface IStage : IDisposable
{
    /// <summary>Whether all of it lives on the machine that this program runs on.</summary>
    bool IsOnThisMachine { get; }

    /// <summary>Whether it lives on hosts, and whether somebody said which.</summary>
    StageHosts Hosts => StageHosts.None;

    /// <summary>Whether it may be there although this clone never put it there: on hosts that others deploy to as well. Not by default.</summary>
    bool OutlivesClones => false;

    /// <summary>What it stands on.</summary>
    IStageFoundation Foundation { get; }

    /// <summary>What runs its instances.</summary>
    IEngine Engine { get; }

    /// <summary>What routes its traffic.</summary>
    IEdge Edge { get; }

    /// <summary>What asks an instance whether it is ready.</summary>
    IReadinessProbe Readiness { get; }

    /// <summary>Stops everything, edge first. What it kept stays.</summary>
    Task StopAsync(CancellationToken cancellation);

    /// <summary>Stops everything and forgets what it kept.</summary>
    Task ForgetAsync(CancellationToken cancellation);
}
