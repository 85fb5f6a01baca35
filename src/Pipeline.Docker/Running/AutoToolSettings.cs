using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>
/// Settings whose properties become options of the docker command: <c>NoCache</c> is <c>--no-cache</c>, a list is said once for each value, and what is null is
/// not said. Which engine is meant comes from <see cref="ToolSettings.EnvironmentVariables"/> (DOCKER_HOST, DOCKER_CONTEXT) or from Docker's own configuration.
/// </summary>
public abstract class AutoToolSettings : ToolSettings
{
    private protected AutoToolSettings()
    {
    }

    /// <summary>What docker reads from its standard input; empty for nothing. Never shown.</summary>
    internal virtual string StandardInput => "";
}
