using System.Diagnostics;

namespace Pipeline.Supervision.Tests;

/// <summary>A disk of a few hundred kilobytes that can be filled.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string path) => Path = path;

    internal string Path { get; }

    private string Filling => System.IO.Path.Combine(Path, "filling");

    internal static async Task<SmallDisk> MountAsync(string parent)
    {
        var path = System.IO.Path.Combine(parent, "small disk");
        Directory.CreateDirectory(path);
        using var mount = Process.Start(Needs.Program("mount"), ["-t", "tmpfs", "-o", "size=256k", "tmpfs", path]);
        await mount.WaitForExitAsync();
        Needs.That(mount.ExitCode == 0, "this machine refuses to mount a small disk");
        return new SmallDisk(path);
    }

    internal async Task FillAsync()
    {
        await using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                await file.WriteAsync(new byte[4096]);
        }
        catch (IOException)
        {
        }
    }

    internal void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        using var unmount = Process.Start(Needs.Program("umount"), ["-l", Path]);
        await unmount.WaitForExitAsync();
    }
}
