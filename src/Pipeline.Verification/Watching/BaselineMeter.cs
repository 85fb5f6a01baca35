using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;
using Pipeline.Verification.Watching.Observing;

namespace Pipeline.Verification.Watching;

/// <summary>
/// Measures the release that serves now, in the way a watch will measure the next one: the edge's counters, with the same requests added to
/// those of the users.
/// </summary>
public sealed class BaselineMeter
{
    private readonly IEdge edge;
    private readonly TrafficWatchOptions options;
    private readonly TimeProvider time;

    /// <summary>Prepares a measurement.</summary>
    /// <param name="edge">The edge of the environment.</param>
    /// <param name="options">As for the watch that will compare with it.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">An option is out of bounds; the message names all that are.</exception>
    public BaselineMeter(IEdge edge, TrafficWatchOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(edge);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        (this.edge, this.options, this.time) = (edge, options, time);
    }

    /// <summary>Measures the side that serves; null when none does, or when another serves at the end.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="duration">How long: at the default rate, 15 seconds give the few hundred requests that comparing takes.</param>
    /// <param name="cancellation">Stops measuring.</param>
    public async Task<TrafficBaseline?> MeasureAsync(DeliveryEnvironment environment, TimeSpan duration, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(environment);
        if ((await EdgeReading.TakeAsync(edge, time, cancellation))?.Active() is not { } earlier)
            return null;
        using var traffic = new SyntheticTraffic(environment.Url, options, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = traffic.RunAsync(stop.Token);
        try
        {
            await Task.Delay(duration, time, cancellation);
        }
        finally
        {
            await stop.CancelAsync();
            await sending;
        }
        var later = (await EdgeReading.TakeAsync(edge, time, cancellation))?.Active();
        return later is null ? null : Between(earlier, later);
    }

    /// <summary>
    /// The baseline between two readings of the side that serves; null when they are of different sides or releases, or nothing was
    /// counted.
    /// </summary>
    public static TrafficBaseline? Between(BackendStatus earlier, BackendStatus later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        if (earlier.Colour != later.Colour || earlier.Digest != later.Digest)
            return null;
        var counted = SideReadings.Since(earlier.Traffic, later.Traffic);
        return counted.Requests == 0 ? null : new TrafficBaseline(counted.Requests, counted.Failures, counted.Latency.MeanMilliseconds);
    }
}
