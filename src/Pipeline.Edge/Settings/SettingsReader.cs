using System.Text.Json;

namespace Pipeline.Edge.Settings;

/// <summary>Reads settings from a file and from flags, flags last, and collects every fault of both.</summary>
internal static class SettingsReader
{
    public static EdgeSettings Read(IEnumerable<KeyValuePair<string, string>> flags, string? file, List<string> faults)
    {
        var settings = new EdgeSettings();
        if (file is not null)
            settings = Apply(settings, FileValues(file, faults), name => $"{file}: {name}", faults);
        return Apply(settings, flags, name => $"--{name}", faults);
    }

    private static EdgeSettings Apply(
        EdgeSettings settings, IEnumerable<KeyValuePair<string, string>> values, Func<string, string> describe, List<string> faults)
    {
        foreach (var (name, text) in values)
        {
            var definition = SettingDefinitions.All.FirstOrDefault(definition => definition.Name == name);
            if (definition is null)
                faults.Add($"{describe(name)} is no setting of the edge; `edge help` lists them");
            else if (definition.Apply(settings, text) is { } applied)
                settings = applied;
            else
                faults.Add($"{describe(name)} is '{text}'; it takes {definition.Bounds}");
        }
        return settings;
    }

    private static List<KeyValuePair<string, string>> FileValues(string file, List<string> faults)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return [.. document.RootElement.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.ToString()))];
            faults.Add($"settings file {file} holds a JSON {document.RootElement.ValueKind}; write an object like {{\"connect-timeout\": \"2s\"}}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            faults.Add($"settings file {file} cannot be read ({problem.Message}); correct it or leave --settings out");
        }
        return [];
    }
}
