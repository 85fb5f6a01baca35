using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Ports;

/// <summary>Runs the instances of one environment. Every operation is idempotent; what it reports was observed, never remembered.</summary>
public interface IEngine
{
    /// <summary>Brings what a release needs to where it will run, before anything is locked or changed. Does nothing where starting needs no transfer.</summary>
    /// <exception cref="DeliveryException">It cannot be brought there; the message names host and remedy.</exception>
    Task PrepareAsync(Digest release, CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The engine without the hosts that do not answer now, for what cannot wait for them. All of it, unless it has several hosts.</summary>
    Task<ReachableEngine> ReachAsync(CancellationToken cancellation) => Task.FromResult(new ReachableEngine(this, []));

    /// <summary>All instances of the environment that exist, running or not.</summary>
    /// <exception cref="PartlyObservedException">Some hosts cannot be seen; those instances that can are in it.</exception>
    Task<IReadOnlyList<Instance>> ObserveAsync(CancellationToken cancellation);

    /// <summary>Starts an instance, or returns it when the same specification already runs. An instance of the same id with another specification is replaced.</summary>
    /// <exception cref="DeliveryException">It could not be started; the message holds its last log lines.</exception>
    Task<Instance> StartAsync(InstanceSpecification instance, CancellationToken cancellation);

    /// <summary>Stops and forgets an instance: SIGTERM, then SIGKILL after its stop timeout. Nothing happens when there is none.</summary>
    Task StopAsync(string id, CancellationToken cancellation);

    /// <summary>The last lines that an instance wrote, oldest first.</summary>
    Task<IReadOnlyList<string>> ReadLogAsync(string id, int lines, CancellationToken cancellation);

    /// <summary>Removes what is left of releases that neither run in this environment nor are to be kept. Reaches nothing of another environment.</summary>
    /// <param name="kept">The releases that a rollback may need.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was removed, each in a few words.</returns>
    /// <exception cref="DeliveryException">A host cannot be asked.</exception>
    Task<IReadOnlyList<string>> PruneAsync(IReadOnlySet<Digest> kept, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);
}
