using System.ComponentModel;
using System.Diagnostics;

namespace Build.Diagnosis;

/// <summary>A program that has to be on the PATH.</summary>
public sealed class ToolExamination(string program, string remedy) : IExamination
{
    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var version = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return [new(program, process.ExitCode == 0, process.ExitCode == 0 ? version.Split('\n')[0].Trim() : $"'{program} --version' ended with exit code {process.ExitCode}; {remedy}")];
        }
        catch (Win32Exception)
        {
            return [new(program, false, $"{program} is not on the PATH; {remedy}")];
        }
    }
}
