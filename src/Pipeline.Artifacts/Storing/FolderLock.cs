namespace Pipeline.Artifacts.Storing;

/// <summary>
/// One writer at a time in a folder, across processes. The operating system holds the lock and lets go of it when the writer dies, so it is never stale,
/// and whatever lies among the unfinished files when it is taken was left by a writer that is dead.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream file;

    private FolderLock(FileStream file, string unfinished)
    {
        this.file = file;
        Unfinished = unfinished;
    }

    /// <summary>The folder for what is being written; on the same file system as its destination.</summary>
    public string Unfinished { get; }

    public static async Task<FolderLock> TakeAsync(string root, CancellationToken cancellation)
    {
        Directory.CreateDirectory(root);
        var path = Path.Combine(root, ".lock");
        FileStream? file;
        while ((file = TryOpen(path)) is null)
            await Task.Delay(Pause, cancellation);
        try
        {
            var folderLock = new FolderLock(file, Path.Combine(root, ".unfinished"));
            folderLock.DiscardUnfinished();
            Directory.CreateDirectory(folderLock.Unfinished);
            return folderLock;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        DiscardUnfinished();
        file.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException held) when (IsHeld(held))
        {
            return null;
        }
    }

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows.
    internal static bool IsHeld(IOException fault) => (fault.HResult & 0xFFFF) is 11 or 35 or 32;

    private void DiscardUnfinished()
    {
        if (Directory.Exists(Unfinished))
            Directory.Delete(Unfinished, recursive: true);
    }
}
