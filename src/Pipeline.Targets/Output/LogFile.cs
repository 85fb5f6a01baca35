using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Targets.Output;

/// <summary>The log file of a target. What it cannot keep it tells once and lets go: a full disk must not end a deployment half-way.</summary>
/// <param name="path">Where it lies; made with the first line.</param>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Close closes the file; the output that it belongs to stays for the report.")]
internal sealed class LogFile(Func<string> path)
{
    private StreamWriter? writer;
    private bool given;

    /// <summary>Adds a line.</summary>
    /// <returns>Why no line is kept from now on; null when this one was, or when that was told before.</returns>
    internal string? Add(string line) => Try(() => (writer ??= Open()).WriteLine(line));

    /// <summary>Writes what waits and closes the file.</summary>
    /// <returns>As <see cref="Add"/>.</returns>
    internal string? Close() => Try(() =>
    {
        writer?.Dispose();
        writer = null;
    });

    private StreamWriter Open()
    {
        var file = path();
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new(file, append: true);
    }

    private string? Try(Action write)
    {
        if (given)
            return null;
        try
        {
            write();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            given = true;
            writer = null;
            return exception.Message;
        }
    }
}
