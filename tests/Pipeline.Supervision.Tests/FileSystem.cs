using System.Diagnostics;

namespace Pipeline.Supervision.Tests;

/// <summary>What the file system of a folder can do.</summary>
internal static class FileSystem
{
    internal static async Task<bool> CutsFrontsAsync(string folder)
    {
        var file = Path.Combine(folder, "cut");
        await File.WriteAllBytesAsync(file, new byte[16384]);
        using var fallocate = Process.Start(new ProcessStartInfo(Needs.Program("fallocate"), ["--collapse-range", "-o", "0", "-l", "4096", file])
        {
            RedirectStandardError = true,
        })!;
        await fallocate.WaitForExitAsync();
        return fallocate.ExitCode == 0;
    }
}
