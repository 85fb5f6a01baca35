namespace Pipeline.Delivery.Ports;

/// <summary>What an environment stands on besides its edge: its database server and its stand-ins for outside services.</summary>
public interface IFoundation
{
    /// <summary>Brings what it is started from to where it will run, before anything is locked or changed. Does nothing where starting needs no transfer.</summary>
    /// <exception cref="DeliveryException">It cannot be brought there; the message names host and remedy.</exception>
    Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Brings all of it up; finds it up on a second call.</summary>
    Task EnsureAsync(CancellationToken cancellation);

    /// <summary>Brings up what can be without hosts that do not answer now, for what cannot wait for them. All of it, unless there are several hosts.</summary>
    Task EnsureReachableAsync(CancellationToken cancellation) => EnsureAsync(cancellation);
}
