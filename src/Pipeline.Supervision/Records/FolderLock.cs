namespace Pipeline.Supervision.Records;

/// <summary>A file that one process at a time holds open for itself (flock); the system lets go of it when that process ends, however it does.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    // Ownership of the open file is what these return.
#pragma warning disable CA2000
    /// <summary>Takes it, or returns null when somebody else holds it.</summary>
    internal static FileStream? TryTake(string path)
    {
        FileStream held;
        try
        {
            held = Open(path);
        }
        catch (IOException taken) when (taken is not (FileNotFoundException or DirectoryNotFoundException) && File.Exists(path))
        {
            return null;
        }
        if (IsStillInPlace(path))
            return held;
        held.Dispose();
        return null;
    }

    /// <summary>Takes it within a time, or returns null: somebody who only looks whether it is free holds it for a moment, too.</summary>
    internal static async Task<FileStream?> TryTakeAsync(string path, TimeSpan within, TimeProvider time)
    {
        var begin = time.GetTimestamp();
        while (time.GetElapsedTime(begin) < within)
        {
            if (TryTake(path) is { } held)
                return held;
            await Task.Delay(Pause, time);
        }
        return null;
    }

    /// <summary>Waits until it is free and takes it.</summary>
    internal static async Task<FileStream> TakeAsync(ProcessFolder folder, string? user, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            folder.Create(user);
            if (TryTake(folder.StartLock) is { } held)
                return held;
            await Task.Delay(Pause, time, cancellation);
        }
    }

#pragma warning restore CA2000

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    // Whoever stopped a process may have deleted its folder, and this file with it, while we waited: what we hold then is nobody's lock.
    private static bool IsStillInPlace(string path)
    {
        try
        {
            Open(path).Dispose();
            return false;
        }
        catch (IOException)
        {
            return File.Exists(path);
        }
    }
}
