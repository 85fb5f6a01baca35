namespace Pipeline.Engines.Docker.Cli;

/// <summary>How a call of the <c>docker</c> command ended.</summary>
/// <param name="ExitCode">0 when it did what it was asked.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Errors">What it wrote to standard error.</param>
public sealed record DockerResult(int ExitCode, string Output, string Errors);
