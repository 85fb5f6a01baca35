using System.Diagnostics;
using Pipeline.Testing;

namespace Pipeline.Registry.Tests;

/// <summary>A file system of 1 MiB in memory. Mounting one needs root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string path;

    private SmallDisk(string path) => this.path = path;

    public static async Task<SmallDisk> MountAsync(string path)
    {
        var mount = Needs.Program("mount");
        Needs.That(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting a small disk needs root on Linux");
        Directory.CreateDirectory(path);
        using var process = Process.Start(mount, ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Needs.That(process.ExitCode == 0, "this machine does not let root mount a tmpfs");
        return new SmallDisk(path);
    }

    public async ValueTask DisposeAsync()
    {
        using var process = Process.Start("umount", [path]);
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
