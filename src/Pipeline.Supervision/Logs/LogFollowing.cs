using System.Runtime.CompilerServices;
using System.Text;
using Pipeline.Supervision.Records;

namespace Pipeline.Supervision.Logs;

/// <summary>Reads along in the log of a supervised process, over the rotations of the file.</summary>
public static class LogFollowing
{
    private const int BufferSize = 64 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The last lines of the log, then those that come; ends only when it is cancelled, or when the process's folder is gone.</summary>
    /// <param name="directory">The folder of the process.</param>
    /// <param name="lines">How many of the last lines come first.</param>
    /// <param name="time">The clock of pauses.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async IAsyncEnumerable<string> ReadAsync(string directory, int lines, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folder = new ProcessFolder(Path.GetFullPath(directory));
        var position = Length(folder.Log);
        foreach (var line in LogTail.Read(folder, lines))
            yield return line;
        var rest = new StringBuilder();
        while (Directory.Exists(folder.Path))
        {
            // A file that is shorter than it was has been begun anew.
            if (Length(folder.Log) < position)
                position = 0;
            position += Take(folder.Log, position, rest);
            foreach (var line in WholeLines(rest))
                yield return line;
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static int Take(string path, long position, StringBuilder rest)
    {
        if (Length(path) <= position)
            return 0;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(position, SeekOrigin.Begin);
        var buffer = new byte[BufferSize];
        var read = file.Read(buffer);
        // Up to the last whole line, so that no letter of several bytes is cut.
        var end = Array.LastIndexOf(buffer, (byte)'\n', Math.Max(0, read - 1)) + 1;
        var taken = end > 0 ? end : read == buffer.Length ? read : 0;
        rest.Append(Encoding.UTF8.GetString(buffer, 0, taken));
        return taken;
    }

    private static List<string> WholeLines(StringBuilder rest)
    {
        var text = rest.ToString();
        var end = text.LastIndexOf('\n') + 1;
        rest.Remove(0, end);
        return [.. text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];
    }
}
