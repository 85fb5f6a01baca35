using System.Text.Json;
using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Storing;

/// <summary>What can be found out again, kept in a file. Whatever is wrong with the file, it is found out again.</summary>
internal sealed class CacheFile<T>(string path)
    where T : class
{
    /// <summary>Null when there is nothing, or nothing that can be read.</summary>
    public T? TryRead()
    {
        try
        {
            return CanonicalJson.Read<T>(File.ReadAllBytes(path));
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the file as a whole. Where the disk refuses, the next run has to find it out again.</summary>
    public void Write(T value)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(unfinished, CanonicalJson.Write(value));
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            TryDelete(unfinished);
        }
    }

    public void Delete()
    {
        if (File.Exists(path))
            File.Delete(path);
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The disk that refused the file refuses this too: what was said of the file still holds.
        }
    }
}
