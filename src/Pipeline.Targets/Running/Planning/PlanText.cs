using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Targets.Running;

/// <summary>The plan for people and for programs.</summary>
internal static class PlanText
{
    internal static string Table(IReadOnlyList<PlannedTarget> plan)
    {
        var width = plan.Count == 0 ? 0 : plan.Max(target => target.Name.Length);
        var text = new StringBuilder();
        foreach (var target in plan)
        {
            var what = target.Runs ? "run " : "skip";
            text.Append($"{what}  {target.Name.PadRight(width)}  {target.Reason}".TrimEnd()).Append('\n');
        }

        return text.Append($"{plan.Count(target => target.Runs)} would run, {plan.Count(target => !target.Runs)} would be skipped\n").ToString();
    }

    internal static string Json(IReadOnlyList<PlannedTarget> plan)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteStartArray("targets");
            foreach (var target in plan)
            {
                json.WriteStartObject();
                json.WriteString("name", target.Name);
                json.WriteString("description", target.Description);
                json.WriteString("action", target.Runs ? "run" : "skip");
                json.WriteBoolean("upToDate", target.IsUpToDate);
                json.WriteString("reason", target.Reason);
                json.WriteStartArray("dependsOn");
                foreach (var dependency in target.Dependencies)
                    json.WriteStringValue(dependency);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
