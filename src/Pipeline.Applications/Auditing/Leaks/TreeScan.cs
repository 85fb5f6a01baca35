using System.Text;

namespace Pipeline.Applications.Auditing.Leaks;

/// <summary>Looks for secrets in the files of the present tree.</summary>
public static class TreeScan
{
    private const int Beginning = 8000;

    /// <summary>What was found, by file and line, and how many files were read. Files that are no text are not read.</summary>
    /// <param name="root">The top of the repository.</param>
    /// <param name="files">Its files, relative to it.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<(IReadOnlyList<Leak> Leaks, int Read)> FindAsync(string root, IEnumerable<string> files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var leaks = new List<Leak>();
        var read = 0;
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            var content = await File.ReadAllBytesAsync(Path.Combine(root, file), cancellation);
            // As git tells text from anything else: https://git-scm.com/docs/gitattributes#_marking_files_as_binary.
            if (content.AsSpan(0, Math.Min(content.Length, Beginning)).Contains((byte)0))
                continue;
            leaks.AddRange(LeakText.Find(file, Encoding.UTF8.GetString(content), firstLine: 1, commit: null));
            read++;
        }
        return (leaks, read);
    }
}
