using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Pipeline.Targets.Output;

namespace Pipeline.Targets.Running;

/// <summary>
/// Starts processes for Cake with their output in that of the target they belong to: a child that wrote to the terminal itself would neither
/// stay together nor be masked. They end with the run that is cancelled.
/// </summary>
internal sealed class CapturingProcessRunner(ICakeEnvironment environment, ICakeLog log, OutputRouter router, RunCancellation cancellation) : IProcessRunner
{
    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        ArgumentNullException.ThrowIfNull(filePath);
        ArgumentNullException.ThrowIfNull(settings);
        var arguments = settings.Arguments ?? new ProcessArgumentBuilder();
        var start = new ProcessStartInfo(filePath.FullPath)
        {
            Arguments = arguments.Render(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = settings.StandardInput is not null,
        };
        if (!settings.NoWorkingDirectory)
            start.WorkingDirectory = (settings.WorkingDirectory ?? environment.WorkingDirectory).MakeAbsolute(environment).FullPath;
        start.Environment["CAKE"] = "True";
        start.Environment["CAKE_VERSION"] = environment.Runtime.CakeVersion.ToString(3);
        foreach (var (name, value) in settings.EnvironmentVariables ?? new Dictionary<string, string?>())
            start.Environment[name] = value;
        if (!settings.Silent)
            log.Verbose(Verbosity.Diagnostic, "Executing: {0}", $"{filePath.FullPath} {arguments.RenderSafe()}".TrimEnd());

        var output = settings.RedirectStandardOutput
            ? ChildOutput.ForReader(settings.RedirectedStandardOutputHandler)
            : ChildOutput.To(router.Out);
        var error = settings.RedirectStandardError
            ? ChildOutput.ForReader(settings.RedirectedStandardErrorHandler)
            : ChildOutput.To(router.Error);
        return ChildProcess.Start(start, settings.StandardInput?.Memory ?? default, output, error, cancellation.Current);
    }
}
