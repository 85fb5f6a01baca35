using System.Text.Json;
using Pipeline.Configuration.EnvFiles;
using Pipeline.Configuration.Settings.Values;

namespace Pipeline.Configuration.Settings.Reading;

/// <summary>Reads one element of the schema's <c>keys</c>.</summary>
internal static class KeyReader
{
    private static readonly string[] Rules = ["required", "min", "max", "values", "pattern", "expects", "default", "example"];
    private static readonly string[] Properties = ["name", "type", "description", "secret", "environments", .. Rules];

    /// <summary>The key; null when it has no usable name or type, which is noted.</summary>
    public static KeyRules? Read(ObjectReader json)
    {
        json.AllowOnly(Properties);
        var name = ReadName(json);
        var type = ReadType(json);
        var description = json.RequiredText("description");
        var secret = json.Flag("secret");
        if (name is null || type is null)
            return null;
        var general = Overlay(json, new SettingKey
        {
            Name = name,
            Type = type.Value,
            Description = description ?? "",
            IsSecret = secret == true || type is SettingType.Secret or SettingType.PostgresUrl,
        });
        return new KeyRules(general, ReadEnvironments(json, general, KeyConsistency.Check(json, general)));
    }

    private static string? ReadName(ObjectReader json)
    {
        if (json.RequiredText("name") is not { } name || string.IsNullOrWhiteSpace(name))
            return null;
        if (EnvFileParser.IsKey(name))
            return name;
        json.Fault("name", $"'{name}' is no name of an environment variable; use letters, digits and underscores, and no digit first");
        return null;
    }

    private static SettingType? ReadType(ObjectReader json)
    {
        if (json.RequiredText("type") is not { } name || string.IsNullOrWhiteSpace(name))
            return null;
        if (SettingTypeNames.ByName.TryGetValue(name, out var type))
            return type;
        var nearest = NearestName.To(name, SettingTypeNames.ByName.Keys);
        json.Fault("type", nearest is null
            ? $"'{name}' is no type; there are {string.Join(", ", SettingTypeNames.ByName.Keys)}"
            : $"'{name}' is no type; did you mean {nearest}?");
        return null;
    }

    private static Dictionary<string, SettingKey> ReadEnvironments(ObjectReader json, SettingKey general, bool consistent)
    {
        var environments = new Dictionary<string, SettingKey>(StringComparer.Ordinal);
        if (json.Property("environments", JsonValueKind.Object, "an object with one property for each environment") is not { } list)
            return environments;
        foreach (var environment in list.EnumerateObject())
        {
            var path = $"{json.Below("environments")}.{environment.Name}";
            var inner = json.Inner(environment.Value, path);
            if (environment.Value.ValueKind != JsonValueKind.Object)
            {
                inner.Fault("", "is no object; write the rules of this environment in braces");
                continue;
            }
            inner.AllowOnly(Rules);
            var own = Overlay(inner, general);
            environments.Add(environment.Name, own);
            if (consistent)
                KeyConsistency.Check(inner, own);
        }
        return environments;
    }

    private static SettingKey Overlay(ObjectReader json, SettingKey basis)
    {
        var required = json.Flag("required");
        return basis with
        {
            Required = required ?? basis.Required,
            Minimum = ReadBound(json, "min", basis.Type) ?? basis.Minimum,
            Maximum = ReadBound(json, "max", basis.Type) ?? basis.Maximum,
            Values = json.Texts("values") ?? basis.Values,
            Pattern = json.Pattern("pattern") ?? basis.Pattern,
            Expects = json.Text("expects") ?? (json.Has("pattern") ? null : basis.Expects),
            Default = json.Text("default") ?? (required == true ? null : basis.Default),
            Example = json.Text("example") ?? basis.Example,
        };
    }

    private static long? ReadBound(ObjectReader json, string name, SettingType type)
    {
        if (json.Any(name) is not { } bound)
            return null;
        if (!ValueRules.HasBounds(type))
            json.Fault(name, $"a key of type {type.Name()} has no bounds; remove it");
        else if (type == SettingType.Duration && bound.ValueKind == JsonValueKind.String && SettingDuration.TryParse(bound.GetString(), out var duration))
            return (long)duration.TotalMilliseconds;
        else if (type != SettingType.Duration && bound.ValueKind == JsonValueKind.Number && bound.TryGetInt64(out var number))
            return number;
        else
            json.Fault(name, $"is {bound.GetRawText()}; write {(type == SettingType.Duration ? "a duration in quotes, as \"30s\"" : "a whole number")}");
        return null;
    }
}
