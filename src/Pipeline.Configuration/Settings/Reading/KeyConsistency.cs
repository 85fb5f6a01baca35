using Pipeline.Configuration.Settings.Values;

namespace Pipeline.Configuration.Settings.Reading;

/// <summary>Finds rules of a key that contradict each other.</summary>
internal static class KeyConsistency
{
    /// <summary>Notes every contradiction; returns whether there was none.</summary>
    public static bool Check(ObjectReader json, SettingKey key)
    {
        var found = Contradictions(key).ToArray();
        foreach (var (property, message) in found)
            json.Fault(property, message);
        return found.Length == 0;
    }

    private static IEnumerable<(string Property, string Message)> Contradictions(SettingKey key)
    {
        if (key.Minimum > key.Maximum)
            yield return ("min", $"is above max ({ValueRules.Bounds(key)}); no value could satisfy both");
        if (key.Type == SettingType.Choice && key.Values.Count == 0)
            yield return ("values", "is missing or empty; a key of type enum needs the values it may have");
        if (key.Type != SettingType.Choice && key.Values.Count > 0)
            yield return ("values", "only a key of type enum has values; remove them or make it an enum");
        if (key.Expects is not null && key.Pattern is null)
            yield return ("expects", "says in words what a pattern asks for; add the pattern or remove it");
        if (key is { Required: true, Default: not null })
            yield return ("default", "a required key has no default; remove one of the two");
        if (key is { IsSecret: true, Default: not null })
            yield return ("default", "a secret has no default: it would stand in the repository; remove it");
        else if (key.Default is not null && ValueRules.Check(key, key.Default) is { } wrongDefault)
            yield return ("default", wrongDefault.Text);
        if (key.Example is not null && ValueRules.Check(key, key.Example) is { } wrongExample)
            yield return ("example", wrongExample.Text);
    }
}
