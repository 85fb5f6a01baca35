using Shop.Configuration;

namespace Shop.Hosting.Background;

/// <summary>
/// Lets balancers that poll <c>/ready</c> see the end coming: after the order to stop, connections are still accepted for
/// <c>SHOP_DRAIN_DELAY</c>. Then the server stops accepting and finishes what is in flight.
/// </summary>
internal sealed class Drain(ShopSettings settings, TimeProvider time, ILogger<Drain> log) : IHostedLifecycleService
{
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        log.LogInformation("stopping: not ready any more; accepting for another {Delay} s", settings.DrainDelay.TotalSeconds);
        if (settings.DrainDelay > TimeSpan.Zero)
            await Task.Delay(settings.DrainDelay, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
