using System.Globalization;
using System.Text;

namespace Shop.Metrics;

/// <summary>The text format 0.0.4 (<see href="https://prometheus.io/docs/instrumenting/exposition_formats/"/>).</summary>
internal sealed class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    public void Family(string name, string help, string type) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    public void Sample(string name, Labels labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value:R}\n");

    public override string ToString() => text.ToString();
}
