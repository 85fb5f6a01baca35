namespace Shop.Configuration;

/// <summary>The configuration cannot be started with. The message holds every fault, one a line; starting again without a change cannot help.</summary>
internal sealed class InvalidSettingsException(IReadOnlyList<string> faults)
    : Exception($"the configuration has {Count(faults.Count)}:{string.Concat(faults.Select(fault => $"\n  {fault}"))}")
{
    private static string Count(int faults) => faults == 1 ? "1 fault" : $"{faults} faults";
}
