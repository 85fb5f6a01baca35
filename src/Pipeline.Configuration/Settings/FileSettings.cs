namespace Pipeline.Configuration.Settings;

/// <summary>Settings of which some were given as files: <c>DATABASE_URL_FILE=/run/secrets/DATABASE_URL</c> stands for what the file holds.</summary>
/// <param name="Settings">The settings with the contents of the files in the place of their paths.</param>
/// <param name="Faults">What is wrong with the files; the keys concerned are in <paramref name="Settings"/> only as far as they were set otherwise.</param>
public sealed record FileSettings(IReadOnlyDictionary<string, string> Settings, IReadOnlyList<SettingFault> Faults)
{
    private const string Suffix = "_FILE";
    private const int Longest = 1 << 20;

    internal static FileSettings Read(IReadOnlyDictionary<string, string> variables, IEnumerable<string> keys, SettingsSource source)
    {
        var settings = new Dictionary<string, string>(variables, StringComparer.Ordinal);
        var faults = new List<SettingFault>();
        var names = keys.ToHashSet(StringComparer.Ordinal);
        foreach (var key in names.Where(key => !names.Contains(key + Suffix) && variables.ContainsKey(key + Suffix)))
        {
            var path = variables[key + Suffix];
            settings.Remove(key + Suffix);
            if (variables.ContainsKey(key))
                faults.Add(Fault(key, SettingFaultKind.SetTwice, $"is set, and {key}{Suffix} too; {source.ToRemove(key)} or {source.ToRemove(key + Suffix)}"));
            else if (TryRead(path, out var value) is { } why)
                faults.Add(Fault(key, SettingFaultKind.Unreadable, $"cannot be read from the file '{path}' ({why}); put it there, or {source.ToCorrect(key + Suffix)}"));
            else
                settings[key] = value;
        }
        return new FileSettings(settings, faults);

        SettingFault Fault(string key, SettingFaultKind kind, string text) => new(key, kind, $"{source.Environment}: key {key} {text}");
    }

    /// <summary>Reads a file without the end of its last line, which editors put there; returns why it cannot.</summary>
    private static string? TryRead(string path, out string value)
    {
        value = "";
        try
        {
            if (new FileInfo(path).Length > Longest)
                return "it is longer than 1 MiB";
            value = File.ReadAllText(path);
            value = value.EndsWith("\r\n", StringComparison.Ordinal) ? value[..^2] : value.EndsWith('\n') ? value[..^1] : value;
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return unreadable.Message;
        }
    }
}
