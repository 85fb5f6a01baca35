using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Targets.Fingerprints;
using Pipeline.Targets.Running;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Reports;

/// <summary>The report of a run for programs: <c>run.json</c>.</summary>
internal static class RunJson
{
    private const int Schema = 1;

    internal static void Write(string path, RunFacts run, SecretMasker masker) => AtomicFile.WriteUnflushed(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("schema", Schema);
        json.WriteString("id", run.Id);
        json.WriteString("state", run.State);
        json.WriteString("startedAt", run.StartedAt.ToUniversalTime());
        json.WriteNumber("seconds", Seconds(run.Duration));
        if (run.ExitCode is { } exitCode)
            json.WriteNumber("exitCode", exitCode);
        if (run.Failure is { } failure)
            json.WriteString("failure", masker.Mask(failure));
        json.WriteString("who", masker.Mask(run.Who));
        json.WriteString("where", masker.Mask(run.Where));
        json.WriteString("commit", run.Commit);
        json.WriteStartArray("requested");
        foreach (var target in run.Requested)
            json.WriteStringValue(masker.Mask(target));
        json.WriteEndArray();
        json.WriteStartArray("targets");
        foreach (var target in run.Targets)
            Write(json, target, run.StartedAt, masker);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, TargetRecord target, DateTimeOffset start, SecretMasker masker)
    {
        json.WriteStartObject();
        json.WriteString("name", target.Name);
        json.WriteString("outcome", Outcomes.Name(target.Outcome));
        if (target.Reason.Length > 0)
            json.WriteString("reason", masker.Mask(target.Reason));
        json.WriteNumber("startsAfter", Seconds(target.StartedAt - start));
        json.WriteNumber("seconds", Seconds(target.Duration));
        json.WriteStartArray("dependsOn");
        foreach (var dependency in target.Dependencies)
            json.WriteStringValue(dependency);
        json.WriteEndArray();
        json.WriteStartArray("measurements");
        foreach (var (name, value, unit) in target.Measurements)
        {
            json.WriteStartObject();
            json.WriteString("name", masker.Mask(name));
            WriteNumber(json, "value", value);
            json.WriteString("unit", masker.Mask(unit));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("series");
        foreach (var series in target.Series)
            Write(json, series, masker);
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (var finding in target.Findings)
            Write(json, finding, masker);
        json.WriteEndArray();
        json.WriteStartArray("attachments");
        foreach (var (name, text) in target.Attachments)
        {
            json.WriteStartObject();
            json.WriteString("name", masker.Mask(name));
            json.WriteString("text", masker.Mask(text));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding, SecretMasker masker)
    {
        json.WriteStartObject();
        json.WriteString("file", masker.Mask(finding.File));
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteString("severity", $"{finding.Severity}".ToLowerInvariant());
        json.WriteString("tool", masker.Mask(finding.Tool));
        json.WriteString("title", masker.Mask(finding.Title));
        json.WriteString("message", masker.Mask(finding.Message));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Series series, SecretMasker masker)
    {
        json.WriteStartObject();
        json.WriteString("name", masker.Mask(series.Name));
        json.WriteString("unit", masker.Mask(series.Unit));
        json.WriteString("x", masker.Mask(series.XLabel));
        json.WriteStartArray("points");
        foreach (var (x, y) in series.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)))
        {
            json.WriteStartArray();
            json.WriteNumberValue(x);
            json.WriteNumberValue(y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // JSON has no infinity and no "not a number".
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
