using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.Verification.Checks.Sessions;

/// <summary>Walks into a JSON value by property names and indices: <c>items[0].price</c>.</summary>
internal static partial class JsonPath
{
    /// <summary>What stands there; null when nothing does.</summary>
    /// <exception cref="ArgumentException">The path is none.</exception>
    public static JsonElement? Find(JsonElement root, string path)
    {
        if (!Grammar().IsMatch(path))
            throw new ArgumentException($"'{path}' is no path into JSON; write names and indices, as items[0].price", nameof(path));
        JsonElement? at = root;
        foreach (Match step in Step().Matches(path))
            at = at is { } element ? Into(element, step) : null;
        return at;
    }

    private static JsonElement? Into(JsonElement element, Match step)
    {
        if (step.Groups["index"] is { Success: true } index)
        {
            var at = int.Parse(index.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
            return element.ValueKind == JsonValueKind.Array && at < element.GetArrayLength() ? element[at] : null;
        }
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(step.Groups["name"].Value, out var property) ? property : null;
    }

    [GeneratedRegex(@"^(?:(?:[^.\[\]]+|\[[0-9]{1,9}\])(?:\.[^.\[\]]+|\[[0-9]{1,9}\])*)?$")]
    private static partial Regex Grammar();

    [GeneratedRegex(@"\[(?<index>[0-9]+)\]|(?<name>[^.\[\]]+)")]
    private static partial Regex Step();
}
