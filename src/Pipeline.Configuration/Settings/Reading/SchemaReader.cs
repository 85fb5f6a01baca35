using System.Text.Json;

namespace Pipeline.Configuration.Settings.Reading;

/// <summary>Reads a whole schema file.</summary>
internal static class SchemaReader
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    public static (string Prefix, IReadOnlyList<KeyRules> Keys) Read(string text, string name)
    {
        using var document = ParseJson(text, name);
        var faults = new List<SchemaFault>();
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new SettingsSchemaException(name, [new SchemaFault("$", "is no object; write { \"prefix\": …, \"keys\": [ … ] }")]);
        var json = new ObjectReader(root, "$", faults);
        json.AllowOnly("$schema", "description", "prefix", "keys");
        var prefix = json.Text("prefix") ?? "";
        var keys = ReadKeys(json);
        return faults.Count == 0 ? (prefix, keys) : throw new SettingsSchemaException(name, faults);
    }

    private static List<KeyRules> ReadKeys(ObjectReader json)
    {
        var keys = new List<KeyRules>();
        if (!json.Has("keys"))
            json.Fault("keys", "is missing; list the keys of the application");
        if (json.Property("keys", JsonValueKind.Array, "a list of keys") is not { } list)
            return keys;
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        var index = 0;
        foreach (var element in list.EnumerateArray())
        {
            var one = json.Inner(element, $"$.keys[{index++}]");
            if (element.ValueKind != JsonValueKind.Object)
                one.Fault("", "is no object; write { \"name\": …, \"type\": …, \"description\": … }");
            else if (KeyReader.Read(one) is { } key && Unique(key, one, places))
                keys.Add(key);
        }
        return keys;
    }

    private static bool Unique(KeyRules key, ObjectReader json, Dictionary<string, string> places)
    {
        if (places.TryAdd(key.Name, json.Path))
            return true;
        json.Fault("name", $"{key.Name} stands at {places[key.Name]} already; keep one of the two");
        return false;
    }

    private static JsonDocument ParseJson(string text, string name)
    {
        try
        {
            return JsonDocument.Parse(text, Options);
        }
        catch (JsonException wrong)
        {
            throw new SettingsSchemaException($"{name}: not valid JSON: {wrong.Message}; correct it there", wrong);
        }
    }
}
