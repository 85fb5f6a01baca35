using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pipeline.Supervision.Records;

/// <summary>A JSON file that is always whole: written beside its place and moved there, readable by its owner alone.</summary>
internal static class RecordFile
{
    /// <summary>Writes it; a reader sees the old content or the new. After a loss of power it may be missing.</summary>
    /// <exception cref="IOException">No space, or the folder is gone.</exception>
    internal static void Write<T>(string path, T value, JsonTypeInfo<T> type) => Write(path, value, type, _ => { });

    /// <summary>Writes it so that it outlives a loss of power.</summary>
    /// <exception cref="IOException">No space, or the folder is gone.</exception>
    internal static void WriteDurably<T>(string path, T value, JsonTypeInfo<T> type) => Write(path, value, type, file => file.Flush(flushToDisk: true));

    private static void Write<T>(string path, T value, JsonTypeInfo<T> type, Action<FileStream> finish)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = new FileStream(unfinished, OwnerOnly()))
            {
                JsonSerializer.Serialize(file, value, type);
                finish(file);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Reads it; null when there is none, or when it holds something else than such a record.</summary>
    internal static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new SupervisionException($"{path}: this user may not read it; run as the user who started the process", refused);
        }
    }

    private static FileStreamOptions OwnerOnly()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
