using System.Diagnostics;
using System.Globalization;

namespace Pipeline.GitHub.Rehearsal;

/// <summary>
/// The folder of the clones of one rehearsal, below the one for temporary files, so that no job finds itself within another clone. It goes with the rehearsal; one whose
/// rehearsal was killed goes with the next.
/// </summary>
internal sealed class RehearsalFolder : IDisposable
{
    private const string Prefix = "rehearsal-";
    private const string OwnerFile = "owner";

    private readonly bool stays;

    private RehearsalFolder(string path, bool stays) => (Path, this.stays) = (path, stays);

    internal string Path { get; }

    internal static RehearsalFolder Make(bool stays)
    {
        RemoveLeftOvers();
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Prefix}{Guid.NewGuid():N}"[..(Prefix.Length + 8)]);
        Directory.CreateDirectory(path);
        File.WriteAllText(System.IO.Path.Combine(path, OwnerFile), stays ? "" : Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new(path, stays);
    }

    public void Dispose()
    {
        if (!stays)
            Remove(Path);
    }

    private static void RemoveLeftOvers()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}????????"))
        {
            if (int.TryParse(ReadOwner(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !Lives(id))
                Remove(folder);
        }
    }

    /// <summary>The process that a folder belongs to; null where that cannot be told, so that it is left alone.</summary>
    private static string? ReadOwner(string folder)
    {
        try
        {
            var owner = System.IO.Path.Combine(folder, OwnerFile);
            return File.Exists(owner) ? File.ReadAllText(owner) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Another user's, or its rehearsal ends at this moment.
            return null;
        }
    }

    private static bool Lives(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // Somebody else's, or still written to: the next rehearsal tries again.
            return;
        }
    }
}
