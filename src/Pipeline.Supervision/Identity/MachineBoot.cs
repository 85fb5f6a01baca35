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
