using System.Text;
using Pipeline.Configuration.EnvFiles;
using Pipeline.Configuration.Settings.Values;

namespace Pipeline.Configuration.Settings;

/// <summary>Renders a documented <c>.env</c> file.</summary>
internal static class ExampleFile
{
    public static string Render(string schema, string? environment, IReadOnlyList<SettingKey> keys)
    {
        var text = new StringBuilder();
        text.Append("# Written from ").Append(Path.GetFileName(schema)).Append(environment is null ? "" : $" for {environment}")
            .Append(". Copy it, fill in what is empty, and keep the copy out of the repository.\n");
        foreach (var key in keys)
            AppendKey(text, key);
        return text.ToString();
    }

    private static void AppendKey(StringBuilder text, SettingKey key)
    {
        text.Append('\n');
        foreach (var line in key.Description.Split('\n'))
            text.Append("# ").Append(line).Append('\n');
        text.Append("# (").AppendJoin(", ", Facts(key)).Append(")\n");
        var value = key.Example ?? key.Default;
        text.Append(key.Required ? "" : "# ").Append(key.Name).Append('=').Append(value is null ? "" : EnvFile.Quote(value)).Append('\n');
    }

    private static IEnumerable<string> Facts(SettingKey key)
    {
        yield return key.Type == SettingType.Choice ? $"one of {string.Join(" | ", key.Values)}" : key.Type.Name();
        if (ValueRules.Bounds(key) is { } bounds)
            yield return bounds;
        if (key.Expects is not null)
            yield return key.Expects;
        if (key.IsSecret && key.Type != SettingType.Secret)
            yield return "secret";
        yield return key.Required ? "required" : key.Default is null ? "optional" : $"default {EnvFile.Quote(key.Default)}";
    }
}
