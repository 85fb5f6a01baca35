namespace Pipeline.Configuration.Settings;

/// <summary>Where settings come from: it picks the rules of the environment, and tells messages where to set a key.</summary>
public sealed record SettingsSource
{
    private SettingsSource(string environment, string? file) => (Environment, FileName) = (environment, file);

    /// <summary>The environment whose rules hold: <c>staging</c>.</summary>
    public string Environment { get; }

    /// <summary>The file the settings were read from; null for the variables of the process.</summary>
    public string? FileName { get; }

    /// <summary>Settings read from a file. It belongs to the application alone, so that every key which the schema lacks is a fault.</summary>
    /// <param name="environment">The environment: <c>staging</c>.</param>
    /// <param name="fileName">The file as messages name it: <c>.env.staging</c>.</param>
    public static SettingsSource File(string environment, string fileName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(environment);
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        return new(environment, fileName);
    }

    /// <summary>The environment variables of a process. Others set some too, so that only unknown keys with the schema's prefix are faults.</summary>
    /// <param name="environment">The environment: <c>staging</c>.</param>
    public static SettingsSource Process(string environment)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(environment);
        return new(environment, file: null);
    }

    internal string ToSet(string key) => FileName is null ? $"set the environment variable {key}" : $"set it in {FileName} or pass {key}";

    internal string ToCorrect(string key) => FileName is null ? $"correct the environment variable {key}" : $"correct it in {FileName} or pass {key}";

    internal string ToRemove(string key) => FileName is null ? $"unset the environment variable {key}" : $"remove it from {FileName}";
}
