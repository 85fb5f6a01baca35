using System.Text;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Summaries;

/// <summary>
/// Where the summary of a run goes: the file of the step's part of the job summary, and one that <c>--summary</c> names.
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary.
/// </summary>
/// <param name="ofStep">The runner's file, which others may have written to; null outside of a runner.</param>
/// <param name="named">The file that somebody asked for; null when nobody did.</param>
internal sealed class SummaryFile(string? ofStep, string? named)
{
    // GitHub drops a summary of a step that is larger, as a whole.
    internal const int MostBytes = 1024 * 1024;

    private const int ForNote = 200;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    internal bool IsAsked => ofStep is not null || named is not null;

    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    internal void Write(IReadOnlyList<string> sections, SecretMasker masker)
    {
        if (named is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(named))!);
            File.WriteAllText(named, masker.Mask(string.Join('\n', sections)), Utf8);
        }

        if (ofStep is null)
            return;
        var present = File.Exists(ofStep) ? new FileInfo(ofStep).Length : 0;
        File.AppendAllText(ofStep, masker.Mask(Fit(sections, MostBytes - present - ForNote, masker)), Utf8);
    }

    private static string Fit(IReadOnlyList<string> sections, long room, SecretMasker masker)
    {
        var text = new StringBuilder();
        var left = 0;
        foreach (var section in sections)
        {
            var bytes = Utf8.GetByteCount(masker.Mask(section)) + 1;
            if (bytes > room)
            {
                left++;
                continue;
            }

            text.Append(section).Append('\n');
            room -= bytes;
        }

        return left == 0 ? text.ToString() : text.Append($"> {left} {(left == 1 ? "section" : "sections")} would go beyond the 1 MiB that GitHub keeps for a step; report.html has all of it\n").ToString();
    }
}
