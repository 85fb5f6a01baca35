namespace Shop.Metrics;

/// <summary>A number read at the moment of the scrape.</summary>
internal sealed class Gauge(string name, string help, string type, Func<double> read) : IMetric
{
    public void WriteTo(MetricsText text)
    {
        text.Family(name, help, type);
        text.Sample(name, Labels.None, read());
    }
}
