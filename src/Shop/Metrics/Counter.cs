using System.Collections.Concurrent;

namespace Shop.Metrics;

/// <summary>A number that only grows, for each set of labels.</summary>
/// <param name="name">The name of the family; it ends in <c>_total</c>.</param>
/// <param name="help">What is counted.</param>
internal sealed class Counter(string name, string help) : IMetric
{
    private readonly ConcurrentDictionary<Labels, StrongCount> counts = new();

    public void Add(Labels labels, long amount = 1) => Interlocked.Add(ref counts.GetOrAdd(labels, _ => new StrongCount()).Value, amount);

    public void WriteTo(MetricsText text)
    {
        text.Family(name, help, "counter");
        foreach (var (labels, count) in counts.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal))
            text.Sample(name, labels, Interlocked.Read(ref count.Value));
    }

    private sealed class StrongCount
    {
        public long Value;
    }
}
