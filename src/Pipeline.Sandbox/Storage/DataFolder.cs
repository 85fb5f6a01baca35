namespace Pipeline.Sandbox.Storage;

/// <summary>The folder of one sandbox, held against a second one for as long as this lives.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path)
    {
        Path = path;
        held = Lock(path);
    }

    public string Path { get; }

    /// <exception cref="IOException">Another sandbox has it, or it cannot be written; the message says which.</exception>
    public static DataFolder Hold(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"--data {path} cannot be made ({refused.Message}); choose a folder that this user may write", refused);
        }
        return new DataFolder(path);
    }

    public void Dispose() => held.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "sandbox.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new IOException($"--data {path} cannot be written ({refused.Message}); choose a folder that this user may write", refused);
        }
        catch (IOException taken)
        {
            throw new IOException($"--data {path} is in use by another sandbox ({taken.Message}); stop that one or choose another folder", taken);
        }
    }
}
