using System.Text;

namespace Pipeline.Postgres.Embedded;

/// <summary>Files and folders whose modes matter. Where the system has no modes, its own rights on the user's folders must do.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerRuns = OwnerOnly | UnixFileMode.UserExecute;
    private const UnixFileMode EverybodyRuns = OwnerRuns
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Writes a file of mode 0600 in one step: either the old content is there or the whole new one.</summary>
    public static void Write(string path, string content)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(content));
            stream.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>Makes a folder of mode 0700.</summary>
    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerRuns);
    }

    public static void AllowEverybodyToRun(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, EverybodyRuns);
    }
}
