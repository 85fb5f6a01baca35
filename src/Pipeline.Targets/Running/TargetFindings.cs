using Pipeline.Targets.Reports;

namespace Pipeline.Targets.Running;

/// <summary>What one target adds to the report while it runs.</summary>
internal sealed class TargetFindings
{
    private readonly Lock gate = new();
    private readonly List<Measurement> measurements = [];
    private readonly List<Series> series = [];
    private readonly List<Attachment> attachments = [];
    private readonly List<Finding> reported = [];
    private readonly List<SummaryPart> parts = [];

    internal IReadOnlyList<Measurement> Measurements => Copy(measurements);

    internal IReadOnlyList<Series> Series => Copy(series);

    internal IReadOnlyList<Attachment> Attachments => Copy(attachments);

    /// <summary>What the target objects to, each once.</summary>
    internal IReadOnlyList<Finding> Reported => [.. Copy(reported).Distinct()];

    internal void Add(Measurement measurement) => Add(measurements, measurement);

    internal void Add(Series plot) => Add(series, plot);

    internal void Add(Attachment attachment) => Add(attachments, attachment);

    /// <summary>What the target adds to the summary, each once.</summary>
    internal IReadOnlyList<SummaryPart> Parts => [.. Copy(parts).Distinct()];

    internal void Add(SummaryPart part) => Add(parts, part);

    internal void Add(Finding finding) => Add(reported, finding);

    private void Add<T>(List<T> list, T item)
    {
        lock (gate)
            list.Add(item);
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (gate)
            return [.. list];
    }
}
