using System.Globalization;
using System.Text;

namespace Pipeline.Edge.Administration;

/// <summary>The counters in the Prometheus text format, version 0.0.4.</summary>
internal static class MetricsPage
{
    public static string Render(StatusDocument status)
    {
        var page = new StringBuilder();
        Family(page, status, "pipeline_edge_requests_total", "counter", "Requests of users that were answered.", side => side.Traffic.Requests);
        Family(page, status, "pipeline_edge_failures_total", "counter", "Of these, answered with 500 or above or broken off.", side => side.Traffic.Failures);
        Family(page, status, "pipeline_edge_abandoned_total", "counter", "Requests that their users gave up.", side => side.Traffic.Abandoned);
        Family(page, status, "pipeline_edge_in_flight", "gauge", "Requests on their way.", side => side.InFlight);
        Family(page, status, "pipeline_edge_weight", "gauge", "Share of the requests in percent.", side => side.Weight);
        Latencies(page, status);
        Head(page, "pipeline_edge_destination_healthy", "gauge", "1 when an instance gets traffic.");
        foreach (var side in status.Backends)
        {
            foreach (var destination in side.Destinations)
                page.Append(CultureInfo.InvariantCulture, $"pipeline_edge_destination_healthy{{{Labels(side)},instance=\"{Escape(destination.Instance)}\"}} {(destination.Healthy ? 1 : 0)}\n");
        }
        Head(page, "pipeline_edge_connections", "gauge", "Connections of users.");
        page.Append(CultureInfo.InvariantCulture, $"pipeline_edge_connections {status.Connections}\n");
        Head(page, "pipeline_edge_held", "gauge", "Requests that a hold keeps waiting.");
        page.Append(CultureInfo.InvariantCulture, $"pipeline_edge_held {status.Held}\n");
        return page.ToString();
    }

    private static void Family(StringBuilder page, StatusDocument status, string name, string type, string help, Func<BackendStatus, long> value)
    {
        Head(page, name, type, help);
        foreach (var side in status.Backends)
            page.Append(CultureInfo.InvariantCulture, $"{name}{{{Labels(side)}}} {value(side)}\n");
    }

    private static void Latencies(StringBuilder page, StatusDocument status)
    {
        const string Name = "pipeline_edge_latency_seconds";
        Head(page, Name, "histogram", "From a request's arrival to the end of its answer.");
        foreach (var side in status.Backends)
        {
            var latency = side.Traffic.Latency;
            var below = 0L;
            for (var bucket = 0; bucket < latency.Counts.Count; bucket++)
            {
                below += latency.Counts[bucket];
                var bound = bucket < latency.UpperBoundsMilliseconds.Count
                    ? (latency.UpperBoundsMilliseconds[bucket] / 1000).ToString(CultureInfo.InvariantCulture) : "+Inf";
                page.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{Labels(side)},le=\"{bound}\"}} {below}\n");
            }
            page.Append(CultureInfo.InvariantCulture, $"{Name}_sum{{{Labels(side)}}} {latency.SumMilliseconds / 1000}\n");
            page.Append(CultureInfo.InvariantCulture, $"{Name}_count{{{Labels(side)}}} {below}\n");
        }
    }

    private static void Head(StringBuilder page, string name, string type, string help) =>
        page.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static string Labels(BackendStatus side) => $"colour=\"{side.Colour}\",release=\"{side.Digest}\"";

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
