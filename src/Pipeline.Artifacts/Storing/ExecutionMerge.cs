using System.Globalization;
using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Storing;

/// <summary>
/// Lays what an image says about its start upon what its base says, as FROM does in a Dockerfile: a new Entrypoint forgets the Cmd below, variables and labels
/// are replaced by name, everything else travels on. Labels that speak of the base itself do not.
/// </summary>
internal static class ExecutionMerge
{
    private static readonly string[] OfTheBase = ["org.opencontainers.image.", "pipeline."];

    public static ExecutionParameters Upon(ExecutionParameters? below, ImagePlan plan)
    {
        var own = plan.Execution;
        var startsItself = own.Entrypoint is { Count: > 0 };
        return new()
        {
            User = Said(own.User) ?? below?.User,
            Environment = NullIfEmpty([.. Environment(below, plan)]),
            Entrypoint = startsItself ? own.Entrypoint : below?.Entrypoint,
            Command = own.Command is { Count: > 0 } ? own.Command : startsItself ? null : below?.Command,
            WorkingDirectory = own.WorkingDirectory,
            Labels = Labels(below, plan),
            Further = Further(below, own),
        };
    }

    private static IEnumerable<string> Environment(ExecutionParameters? below, ImagePlan plan) =>
        (below?.Environment ?? []).Where(variable => !plan.Environment.ContainsKey(variable.Split('=', 2)[0]))
            .Concat(plan.Environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    private static Dictionary<string, string> Labels(ExecutionParameters? below, ImagePlan plan)
    {
        var labels = (below?.Labels ?? new Dictionary<string, string>())
            .Where(label => !OfTheBase.Any(beginning => label.Key.StartsWith(beginning, StringComparison.Ordinal))).ToDictionary();
        foreach (var (key, value) in plan.Labels.Concat(plan.Annotations))
            labels[key] = value;
        if (plan.ApplicationLayers is { } count)
            labels[AnnotationKeys.ApplicationLayers] = count.ToString(CultureInfo.InvariantCulture);
        if (plan.ApplicationLayers > 0)
            labels[AnnotationKeys.ApplicationEnvironment] = string.Join(',', plan.Environment.Keys.Order(StringComparer.Ordinal));
        return labels;
    }

    private static Dictionary<string, System.Text.Json.JsonElement>? Further(ExecutionParameters? below, ExecutionParameters own)
    {
        var further = (below?.Further ?? new Dictionary<string, System.Text.Json.JsonElement>()).Where(pair => pair.Key != "ArgsEscaped").ToDictionary();
        foreach (var (key, value) in own.Further ?? new Dictionary<string, System.Text.Json.JsonElement>())
            further[key] = value;
        return further.Count == 0 ? null : further;
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string[]? NullIfEmpty(string[] values) => values.Length == 0 ? null : values;
}
