using System.Numerics;

namespace Pipeline.Verification.Load.Measuring;

/// <summary>
/// Buckets whose width grows with what they hold: exact up to 255 µs, then 128 to each doubling, so that every latency is known to within 1 %
/// and all up to 38 hours take a fixed few thousand counters.
/// </summary>
internal static class LatencyBuckets
{
    private const int SignificantBits = 8;
    private const int HalfOfThem = 1 << (SignificantBits - 1);
    private const int GreatestBit = 36;
    private const long Greatest = (1L << (GreatestBit + 1)) - 1;

    public const int Count = ((GreatestBit - SignificantBits + 1) * HalfOfThem) + (2 * HalfOfThem);

    public static int Of(long microseconds)
    {
        var value = Math.Clamp(microseconds, 0, Greatest);
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - (SignificantBits - 1));
        return (shift * HalfOfThem) + (int)(value >> shift);
    }

    /// <summary>The greatest latency of a bucket.</summary>
    public static long UpperMicroseconds(int bucket)
    {
        if (bucket < 2 * HalfOfThem)
            return bucket;
        var shift = (bucket / HalfOfThem) - 1;
        return ((bucket - (shift * HalfOfThem) + 1L) << shift) - 1;
    }
}
