namespace Pipeline.GitHub.Workflows;

/// <summary>What a job runs on: https://docs.github.com/actions/reference/runners/github-hosted-runners.</summary>
public sealed class Runner
{
    private Runner(params IReadOnlyList<Template> labels) => Labels = labels;

    /// <summary>GitHub's own, with Ubuntu 24.04 on x64.</summary>
    public static Runner Ubuntu2404 { get; } = new("ubuntu-24.04");

    /// <summary>GitHub's own, with Ubuntu 24.04 on arm64.</summary>
    public static Runner Ubuntu2404Arm { get; } = new("ubuntu-24.04-arm");

    /// <summary>GitHub's own, with Windows Server 2022.</summary>
    public static Runner Windows2022 { get; } = new("windows-2022");

    /// <summary>GitHub's own, with macOS 15 on arm64.</summary>
    public static Runner MacOS15 { get; } = new("macos-15");

    /// <summary>A machine of one's own, with Linux.</summary>
    public static Runner OwnLinux { get; } = new("self-hosted", "linux");

    internal IReadOnlyList<Template> Labels { get; }

    /// <summary>The runner whose label an expression yields.</summary>
    /// <param name="label">Such as a variable of the repository, with what holds where it is not set.</param>
    public static Runner Labelled(Expression label) => new(label);
}
