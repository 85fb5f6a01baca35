namespace Pipeline.Targets.Fingerprints;

/// <summary>Writes a file so that a reader, or a run after a crash, finds the old content or the new one whole.</summary>
internal static class AtomicFile
{
    /// <summary>Writes what must also outlive a power failure.</summary>
    internal static void Write(string path, Action<Stream> write) => Replace(path, stream =>
    {
        write(stream);
        stream.Flush(flushToDisk: true);
    });

    /// <summary>Writes what a reader must find whole, and what a power failure may take: nothing waits for the disk.</summary>
    internal static void WriteUnflushed(string path, Action<Stream> write) => Replace(path, write);

    private static void Replace(string path, Action<FileStream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
