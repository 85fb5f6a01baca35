using Build.Diagnosis;
using Pipeline.Delivery.Ports;

namespace Build.Environments.Stages;

/// <summary>Where an environment lives: what runs its instances, routes its traffic and stands below them. One for each engine.</summary>
public interface IShopStage : IDisposable
{
    IShopFoundation Foundation { get; }

    IEngine Engine { get; }

    IEdge Edge { get; }

    IReadinessProbe Readiness { get; }

    /// <summary>What a deployment needs of this place, beside what every place needs.</summary>
    IEnumerable<IExamination> Examinations { get; }

    /// <summary>Stops everything, edge first. What it kept stays.</summary>
    Task StopAsync(CancellationToken cancellation);

    /// <summary>Stops everything and forgets what it kept.</summary>
    Task ForgetAsync(CancellationToken cancellation);
}
