using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Runs the docker command through Cake: its output is the target's, and it ends with the run.</summary>
/// <typeparam name="TSettings">The settings of one command.</typeparam>
internal sealed class DockerTool<TSettings> : Tool<TSettings>
    where TSettings : AutoToolSettings
{
    private readonly string command;

    public DockerTool(ICakeContext context, string command)
        : base(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools) => this.command = command;

    /// <exception cref="CakeException">There is no docker command, or it failed.</exception>
    public void Run(TSettings settings, params IEnumerable<string> words) => Run(settings, Arguments(settings, words), Process(settings), postAction: null);

    /// <summary>Runs it and takes what it writes to its standard output.</summary>
    /// <exception cref="CakeException">There is no docker command, or it failed.</exception>
    public IReadOnlyList<string> RunWithResult(TSettings settings, params IEnumerable<string> words)
    {
        IReadOnlyList<string> lines = [];
        var process = Process(settings);
        process.RedirectStandardOutput = true;
        Run(settings, Arguments(settings, words), process, ended => lines = [.. ended.GetStandardOutput()]);
        return lines;
    }

    protected override string GetToolName() => $"docker {command}";

    protected override IEnumerable<string> GetToolExecutableNames() => ["docker", "docker.exe"];

    protected override void ProcessExitCode(int exitCode)
    {
        if (exitCode != 0)
            throw new CakeException(exitCode, $"docker {command} ended with exit code {exitCode}; what it wrote above says why");
    }

    private static ProcessSettings Process(TSettings settings) =>
        settings.StandardInput.Length == 0 ? new() : new() { StandardInput = settings.StandardInput };

    private ProcessArgumentBuilder Arguments(TSettings settings, IEnumerable<string> words)
    {
        var arguments = new ProcessArgumentBuilder();
        foreach (var word in command.Split(' '))
            arguments.Append(word);
        Options.AppendTo(arguments, settings);
        foreach (var word in words)
            arguments.AppendQuoted(word);
        return arguments;
    }
}
