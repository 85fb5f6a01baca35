using System.Collections.Concurrent;
using System.Globalization;

namespace Shop.Metrics;

/// <summary>How values spread over buckets, for each set of labels.</summary>
internal sealed class Histogram(string name, string help, IReadOnlyList<double> bounds) : IMetric
{
    private readonly ConcurrentDictionary<Labels, Buckets> all = new();

    public void Observe(Labels labels, double value)
    {
        var buckets = all.GetOrAdd(labels, _ => new Buckets(bounds.Count + 1));
        var index = 0;
        while (index < bounds.Count && value > bounds[index])
            index++;
        lock (buckets)
        {
            buckets.Counts[index]++;
            buckets.Sum += value;
        }
    }

    public void WriteTo(MetricsText text)
    {
        text.Family(name, help, "histogram");
        foreach (var (labels, buckets) in all.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
        {
            long[] counts;
            double sum;
            lock (buckets)
            {
                counts = [.. buckets.Counts];
                sum = buckets.Sum;
            }
            Write(text, labels, counts, sum);
        }
    }

    private void Write(MetricsText text, Labels labels, long[] counts, double sum)
    {
        var soFar = 0L;
        for (var index = 0; index < counts.Length; index++)
        {
            soFar += counts[index];
            var bound = index < bounds.Count ? bounds[index].ToString(CultureInfo.InvariantCulture) : "+Inf";
            text.Sample($"{name}_bucket", labels.With("le", bound), soFar);
        }
        text.Sample($"{name}_sum", labels, sum);
        text.Sample($"{name}_count", labels, soFar);
    }

    private sealed class Buckets(int count)
    {
        public long[] Counts { get; } = new long[count];

        public double Sum { get; set; }
    }
}
