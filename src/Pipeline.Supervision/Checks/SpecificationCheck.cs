using System.Net;
using Pipeline.Supervision.Native;

namespace Pipeline.Supervision.Checks;

/// <summary>Everything about a specification that can be known to be wrong before anything is done.</summary>
internal static class SpecificationCheck
{
    internal const string ListenVariable = "PIPELINE_LISTEN_FDS";
    internal const string ReadyVariable = "PIPELINE_READY_FILE";
    internal const string FolderVariable = "PIPELINE_SUPERVISED";
    internal const string StartVariable = "PIPELINE_START";
    private const int LastSignal = 64;
    private const int LeastLogBytes = 8192;
    private static readonly TimeSpan LongestStop = TimeSpan.FromDays(1);
    private static readonly string[] Reserved = [ListenVariable, ReadyVariable, FolderVariable, StartVariable];

    /// <summary>Passes, or reports all faults at once.</summary>
    /// <exception cref="SupervisionException">There is a fault.</exception>
    internal static void Require(ProcessSpecification process)
    {
        if (OperatingSystem.IsWindows())
            throw new SupervisionException($"{process.Directory}: supervised processes need Linux or macOS; run the pipeline in WSL");
        var faults = Faults(process).ToList();
        if (faults.Count > 0)
            throw new SupervisionException($"process {process.Directory}: {string.Join("; ", faults)}");
    }

    private static IEnumerable<string> Faults(ProcessSpecification process) =>
        [.. Place(process), .. Program(process), .. Variables(process), .. Addresses(process), .. Numbers(process), .. User(process)];

    private static IEnumerable<string> Place(ProcessSpecification process)
    {
        if (!Path.IsPathFullyQualified(process.Directory) || process.Directory.Contains('\0', StringComparison.Ordinal))
            yield return $"its folder '{process.Directory}' is no absolute path; give one";
        if (process.WorkingDirectory is { } place && place != process.Directory && !Directory.Exists(place))
            yield return $"its working directory '{place}' does not exist; create it";
    }

    private static IEnumerable<string> Program(ProcessSpecification process)
    {
        var search = process.Environment.GetValueOrDefault("PATH") ?? Environment.GetEnvironmentVariable("PATH");
        if (ProgramPath.Find(process.FileName, search) is null)
        {
            yield return process.FileName.Contains('/', StringComparison.Ordinal)
                ? $"its program '{process.FileName}' is no executable file at an absolute path; install it or correct the path"
                : $"its program '{process.FileName}' is not on the PATH; install it or name it by its absolute path";
        }
        foreach (var argument in process.Arguments.Where(argument => argument.Contains('\0', StringComparison.Ordinal)))
            yield return $"its argument '{argument.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL character; remove it";
    }

    private static IEnumerable<string> Variables(ProcessSpecification process)
    {
        foreach (var (name, value) in process.Environment)
        {
            if (name.Length == 0 || name.AsSpan().IndexOfAny('=', '\0') >= 0)
                yield return $"its variable name '{name.Replace("\0", "\\0", StringComparison.Ordinal)}' is empty or holds '=' or NUL; rename it";
            else if (Reserved.Contains(name))
                yield return $"its variable {name} is set by the supervisor; leave it out";
            if (value.Contains('\0', StringComparison.Ordinal))
                yield return $"the value of its variable {name} holds a NUL character; remove it";
        }
    }

    private static IEnumerable<string> Addresses(ProcessSpecification process)
    {
        foreach (var address in process.Listen.Where(address => !IPEndPoint.TryParse(address, out var end) || end.Port == 0))
            yield return $"its listening address '{address}' is no IP address with a port; write it as 127.0.0.1:18081";
        foreach (var address in process.Listen.GroupBy(address => address).Where(group => group.Count() > 1).Select(group => group.Key))
            yield return $"its listening address '{address}' stands there twice; keep one";
    }

    private static IEnumerable<string> Numbers(ProcessSpecification process)
    {
        if (process.StopSignal is < 1 or > LastSignal)
            yield return $"its stop signal {process.StopSignal} is none; use 1 to {LastSignal}";
        if (process.StopTimeout < TimeSpan.Zero || process.StopTimeout > LongestStop)
            yield return $"its stop timeout {process.StopTimeout} is out of bounds; use 0 to {LongestStop}";
        if (process.LogBytes < LeastLogBytes)
            yield return $"its log size {process.LogBytes} is too small; use {LeastLogBytes} bytes or more";
        if (process.LogFiles < 0)
            yield return $"its number of rotated logs {process.LogFiles} is negative; use 0 or more";
    }

    private static IEnumerable<string> User(ProcessSpecification process)
    {
        if (process.User is null)
            yield break;
        var account = UserAccount.Find(process.User);
        if (account is null)
            yield return $"its user '{process.User}' is not in /etc/passwd; create it or leave the user out";
        else if (account.IsPresent)
            yield break;
        else if (Libc.EffectiveUser() != 0)
            yield return $"its user '{process.User}' is not the present one and only root may change users; run as that user or leave the user out";
        else if (ProgramPath.Find("setpriv", Environment.GetEnvironmentVariable("PATH")) is null)
            yield return $"its user '{process.User}' needs the program setpriv, which is not on the PATH; install util-linux";
    }
}
