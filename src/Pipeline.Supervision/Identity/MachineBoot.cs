using System.Diagnostics;

namespace Pipeline.Supervision.Identity;

/// <summary>The present run of the machine: process ids and start times mean something within one boot only.</summary>
internal static class MachineBoot
{
    private const string LinuxFile = "/proc/sys/kernel/random/boot_id";
    private static readonly Lazy<string> Present = new(Read);

    internal static string Id => Present.Value;

    private static string Read() => File.Exists(LinuxFile)
        ? File.ReadAllText(LinuxFile).Trim()
        : CommandOutput.Of("/usr/sbin/sysctl", "-n", "kern.boottime") ?? "unknown";
}

/// <summary>What a small system program prints, where the system has no file for it.</summary>
internal static class CommandOutput
{
    internal static string? Of(string program, params string[] arguments)
    {
        if (!File.Exists(program))
            return null;
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 && text.Length > 0 ? text : null;
    }
}
