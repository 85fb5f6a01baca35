namespace Pipeline.Configuration.Settings;

/// <summary>Settings do not satisfy their schema. The message lists every fault, one a line.</summary>
/// <param name="faults">All of them.</param>
public sealed class SettingsException(IReadOnlyList<SettingFault> faults) : Exception(string.Join('\n', faults.Select(fault => fault.Message)))
{
    /// <summary>The faults, in the order of the schema; unknown keys last.</summary>
    public IReadOnlyList<SettingFault> Faults { get; } = faults;
}
