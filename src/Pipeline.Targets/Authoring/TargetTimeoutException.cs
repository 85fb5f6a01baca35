using System.Globalization;

namespace Pipeline.Targets;

/// <summary>A target did not finish within its <see cref="PipelineTarget.Timeout"/>. Trying again may help.</summary>
public sealed class TargetTimeoutException(string target, TimeSpan timeout) : TimeoutException(
    string.Create(CultureInfo.InvariantCulture, $"{target} did not finish within its timeout of {Output.Durations.Text(timeout)}; see its log, or raise Timeout in its class"))
{
    /// <summary>The name of the target.</summary>
    public string Target { get; } = target;
}
