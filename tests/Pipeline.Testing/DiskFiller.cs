namespace Pipeline.Testing;

/// <summary>Fills the disk that a folder lies on to the last byte, and frees it again.</summary>
public sealed class DiskFiller(string folder)
{
    private const int FillBytes = 64 * 1024;
    private readonly string file = Path.Combine(folder, "filler");

    /// <summary>Takes what is left of the disk.</summary>
    public void Fill()
    {
        using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = FillBytes; size > 0; size /= 2)
            while (TryWrite(stream, size))
            {
            }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Free() => File.Delete(file);

    private static bool TryWrite(FileStream stream, int size)
    {
        try
        {
            stream.Write(new byte[size]);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
