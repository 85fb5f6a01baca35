using System.Collections.Concurrent;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>Adds up what travels, and tells of it now and then, so that a person sees a long transfer move.</summary>
internal sealed class TransferTally(string what, IReadOnlyCollection<long> sizes, IDeliveryLog log, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Digest, long> positions = new();
    private readonly long total = sizes.Sum();
    private readonly Lock telling = new();
    private DateTimeOffset told = time.GetUtcNow();

    /// <summary>How far into a blob it went.</summary>
    public void At(Digest blob, long position)
    {
        positions[blob] = position;
        lock (telling)
        {
            if (time.GetUtcNow() - told < Pause)
                return;
            told = time.GetUtcNow();
        }
        log.Information($"{what}: {positions.Values.Sum() / 1e6:0.0} of {total / 1e6:0.0} MB");
    }
}
