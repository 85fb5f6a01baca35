namespace Pipeline.Configuration.Settings.Reading;

/// <summary>A key with its rules in general and in the environments that have their own.</summary>
internal sealed record KeyRules(SettingKey General, IReadOnlyDictionary<string, SettingKey> ByEnvironment)
{
    public string Name => General.Name;

    public SettingKey In(string? environment) =>
        environment is not null && ByEnvironment.TryGetValue(environment, out var own) ? own : General;
}
