using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pipeline.Configuration.Settings.Reading;

/// <summary>Reads the properties of one JSON object and notes what is wrong with them.</summary>
internal sealed class ObjectReader(JsonElement element, string path, ICollection<SchemaFault> faults)
{
    public string Path { get; } = path;

    public void Fault(string property, string message) => faults.Add(new SchemaFault(Below(property), message));

    public string Below(string property) => property.Length == 0 ? Path : $"{Path}.{property}";

    public ObjectReader Inner(JsonElement inner, string innerPath) => new(inner, innerPath, faults);

    public void AllowOnly(params string[] allowed)
    {
        foreach (var property in element.EnumerateObject().Select(property => property.Name).Where(name => !allowed.Contains(name)))
        {
            var nearest = NearestName.To(property, allowed);
            Fault(property, nearest is null ? $"no such property; there are {string.Join(", ", allowed)}" : $"no such property; did you mean {nearest}?");
        }
    }

    public JsonElement? Property(string name, JsonValueKind kind, string wanted)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind == kind)
            return value;
        Fault(name, $"is {value.GetRawText()}; write {wanted}");
        return null;
    }

    public string? Text(string name) => Property(name, JsonValueKind.String, "a text in quotes")?.GetString();

    public string? RequiredText(string name)
    {
        if (element.TryGetProperty(name, out _))
        {
            var text = Text(name);
            if (text is { } blank && string.IsNullOrWhiteSpace(blank))
                Fault(name, "is empty; fill it in");
            return text;
        }
        Fault(name, "is missing; add it");
        return null;
    }

    public bool? Flag(string name)
    {
        if (!element.TryGetProperty(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fault(name, $"is {value.GetRawText()}; write true or false");
        return null;
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        if (Property(name, JsonValueKind.Array, "a list of texts") is not { } list)
            return null;
        if (list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        Fault(name, "holds something other than texts; put each value in quotes");
        return null;
    }

    public Regex? Pattern(string name)
    {
        if (Text(name) is not { } pattern)
            return null;
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            Fault(name, $"is no pattern that can be used: {wrong.Message}");
            return null;
        }
    }

    public bool Has(string name) => element.TryGetProperty(name, out _);

    public JsonElement? Any(string name) => element.TryGetProperty(name, out var value) ? value : null;
}
