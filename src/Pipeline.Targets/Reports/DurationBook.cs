using System.Collections.Concurrent;
using System.Globalization;
using Pipeline.Targets.Evidence;
using Pipeline.Targets.Fingerprints;

namespace Pipeline.Targets.Reports;

/// <summary>How long each target took last time, to start what begins the longest way first.</summary>
internal sealed class DurationBook
{
    private const double Unknown = 1;
    private readonly string path;
    private readonly EvidenceStore? evidence;
    private readonly ConcurrentDictionary<string, double> seconds;
    private bool changed;

    private DurationBook(string path, EvidenceStore? evidence, ConcurrentDictionary<string, double> seconds)
    {
        this.path = path;
        this.evidence = evidence;
        this.seconds = seconds;
    }

    internal static DurationBook Open(string path, string evidenceFolder)
    {
        var seconds = new ConcurrentDictionary<string, double>(StringComparer.OrdinalIgnoreCase);
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path))
            {
                if (line.Split('\t') is [var name, var number] && double.TryParse(number, CultureInfo.InvariantCulture, out var value))
                    seconds[name] = value;
            }
        }

        return new(path, Directory.Exists(evidenceFolder) ? new EvidenceStore(evidenceFolder, _ => { }) : null, seconds);
    }

    /// <summary>Seconds; a target that never ran here takes as long as its evidence says, or counts as one second.</summary>
    internal double ExpectedSeconds(string target) =>
        seconds.TryGetValue(target, out var known) ? known : evidence?.Newest(target)?.Duration.TotalSeconds ?? Unknown;

    internal void Note(string target, TimeSpan duration)
    {
        seconds[target] = duration.TotalSeconds;
        changed = true;
    }

    internal void Save()
    {
        if (!changed)
            return;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            foreach (var (name, value) in seconds.OrderBy(entry => entry.Key, StringComparer.Ordinal))
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name}\t{value:0.###}\n"));
        });
    }
}
