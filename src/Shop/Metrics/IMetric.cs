namespace Shop.Metrics;

internal interface IMetric
{
    void WriteTo(MetricsText text);
}
