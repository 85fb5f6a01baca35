namespace Pipeline.EndToEnd.Installations;

/// <summary>A disk of its own that can be filled to the last byte and freed again: a tmpfs, which only root may mount.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly DiskFiller filler;

    public SmallDisk()
    {
        Needs.That(OperatingSystem.IsLinux() && System.Environment.IsPrivilegedProcess, "only root mounts a small disk");
        Folder = Directory.CreateTempSubdirectory("pipeline disk ").FullName;
        File.SetUnixFileMode(Folder, (UnixFileMode)Convert.ToInt32("755", 8));
        Commands.Run("mount", Path.GetTempPath(), "-t", "tmpfs", "-o", "size=700m,mode=755", "tmpfs", Folder);
        filler = new DiskFiller(Folder);
    }

    public string Folder { get; }

    /// <summary>Takes what is left of the disk.</summary>
    public void Fill() => filler.Fill();

    public void Free() => filler.Free();

    public void Dispose()
    {
        Commands.Run("umount", Path.GetTempPath(), Folder);
        Directory.Delete(Folder);
    }
}
