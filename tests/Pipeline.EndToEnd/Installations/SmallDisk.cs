namespace Pipeline.EndToEnd.Installations;

/// <summary>A disk of its own that can be filled to the last byte and freed again: a tmpfs, which only root may mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private const int FillBytes = 64 * 1024;
    private readonly string filler;

    public SmallDisk()
    {
        Needs.That(OperatingSystem.IsLinux() && System.Environment.IsPrivilegedProcess, "only root mounts a small disk");
        Folder = Directory.CreateTempSubdirectory("pipeline disk ").FullName;
        File.SetUnixFileMode(Folder, (UnixFileMode)Convert.ToInt32("755", 8));
        Commands.Run("mount", Path.GetTempPath(), "-t", "tmpfs", "-o", "size=700m,mode=755", "tmpfs", Folder);
        filler = Path.Combine(Folder, "filler");
    }

    public string Folder { get; }

    /// <summary>Takes what is left of the disk.</summary>
    public void Fill()
    {
        using var file = new FileStream(filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = FillBytes; size > 0; size /= 2)
            while (TryWrite(file, size))
            {
            }
    }

    public void Free() => File.Delete(filler);

    public void Dispose()
    {
        Commands.Run("umount", Path.GetTempPath(), Folder);
        Directory.Delete(Folder);
    }

    private static bool TryWrite(FileStream file, int size)
    {
        try
        {
            file.Write(new byte[size]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
