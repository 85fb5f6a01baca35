using Pipeline.Delivery.Telling;

namespace Pipeline.Delivery.Ports;

/// <summary>The ledger's record of who was told what. Only ever added to.</summary>
public interface ITellings
{
    /// <summary>Waits until nobody else tells this listener anything. Disposing lets the next one.</summary>
    Task<IAsyncDisposable> TakeTurnAsync(string listener, CancellationToken cancellation);

    /// <summary>The newest deployments that a listener is to be told of, oldest first, with what was told.</summary>
    /// <param name="listener">The listener's name.</param>
    /// <param name="atMost">How many.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<IReadOnlyList<ToldDeployment>> ReadAsync(string listener, int atMost, CancellationToken cancellation);

    /// <summary>Records that something was told; a second time changes nothing.</summary>
    Task RecordAsync(Telling.Telling telling, CancellationToken cancellation);
}
