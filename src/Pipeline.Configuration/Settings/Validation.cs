using Pipeline.Configuration.Settings.Reading;
using Pipeline.Configuration.Settings.Values;

namespace Pipeline.Configuration.Settings;

/// <summary>One holding of settings against a schema.</summary>
internal sealed class Validation(string schema, string prefix, IReadOnlyList<KeyRules> keys, SettingsSource? source)
{
    public IReadOnlyList<SettingFault> Check(IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return [.. keys.Select(key => CheckKey(key.In(source?.Environment), settings)).OfType<SettingFault>(), .. CheckUnknown(settings)];
    }

    private SettingFault? CheckKey(SettingKey key, IReadOnlyDictionary<string, string> settings)
    {
        if (!settings.TryGetValue(key.Name, out var value))
            return key.Required ? Fault(key.Name, SettingFaultKind.Missing, $"is missing; {ToSet(key.Name)}") : null;
        return ValueRules.Check(key, value) switch
        {
            null => null,
            (SettingFaultKind.Empty, var text) => Fault(key.Name, SettingFaultKind.Empty, $"{text}; {(key.Required ? ToSet(key.Name) : ToFillOrRemove(key.Name))}"),
            var (kind, text) => Fault(key.Name, kind, $"{text}; {source?.ToCorrect(key.Name) ?? "correct it"}"),
        };
    }

    private IEnumerable<SettingFault> CheckUnknown(IReadOnlyDictionary<string, string> settings)
    {
        var known = keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        var unset = known.Where(name => !settings.ContainsKey(name)).ToArray();
        foreach (var name in settings.Keys.Where(name => !known.Contains(name) && IsOurs(name)).Order(StringComparer.Ordinal))
        {
            var remedy = NearestName.To(name, unset) is { } nearest
                ? $"did you mean {nearest}?"
                : $"{source?.ToRemove(name) ?? "remove it"} or add it to {schema}";
            yield return Fault(name, SettingFaultKind.Unknown, $"is unknown; {remedy}");
        }
    }

    private bool IsOurs(string name) => source?.FileName is not null || (prefix.Length > 0 && name.StartsWith(prefix, StringComparison.Ordinal));

    private string ToSet(string key) => source?.ToSet(key) ?? "set it";

    private string ToFillOrRemove(string key) => source is null ? "give it a value or remove it" : $"give it a value or {source.ToRemove(key)}";

    private SettingFault Fault(string key, SettingFaultKind kind, string text) =>
        new(key, kind, source is null ? $"key {key} {text}" : $"{source.Environment}: key {key} {text}");
}
