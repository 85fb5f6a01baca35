using Pipeline.Targets.Fingerprints;

namespace Pipeline.Targets.Evidence;

/// <summary>The evidence of all targets: <c>.pipeline/evidence/Target/fingerprint.json</c>.</summary>
/// <param name="folder">The folder of the evidence, not of the state.</param>
/// <param name="warn">Told of each file that is ignored, and why.</param>
internal sealed class EvidenceStore(string folder, Action<string> warn)
{
    private const int KeptPerTarget = 20;

    /// <summary>Evidence for the very same inputs, or null.</summary>
    internal EvidenceRecord? Find(string target, Fingerprint fingerprint)
    {
        var path = PathOf(target, fingerprint.Hash);
        if (!File.Exists(path) || Read(path) is not { } record)
            return null;
        // The parts decide: a file under a wrong name, or edited by hand, must not pass for evidence.
        if (string.Equals(record.Target, target, StringComparison.OrdinalIgnoreCase) && fingerprint.Changes(record.Parts).Count == 0)
            return record;
        warn($"evidence {Short(path)} is ignored: its inputs are not those of its name; delete it");
        return null;
    }

    /// <summary>The newest evidence of a target, whatever its inputs were.</summary>
    internal EvidenceRecord? Newest(string target) => Files(target).Select(Read).FirstOrDefault(record => record is not null);

    internal bool HasAny(string target) => Files(target).Any();

    internal void Save(EvidenceRecord record)
    {
        EvidenceFile.Write(PathOf(record.Target, record.Fingerprint), record);
        foreach (var old in Files(record.Target).Skip(KeptPerTarget))
            File.Delete(old);
    }

    private IEnumerable<string> Files(string target)
    {
        var directory = Path.Combine(folder, FileName(target));
        return Directory.Exists(directory)
            ? Directory.GetFiles(directory, "*.json").OrderByDescending(File.GetLastWriteTimeUtc)
            : [];
    }

    private EvidenceRecord? Read(string path)
    {
        try
        {
            return EvidenceFile.Read(path);
        }
        catch (FormatException fault)
        {
            warn($"evidence {Short(path)} is ignored: {fault.Message}");
            return null;
        }
    }

    private string PathOf(string target, string fingerprint) => Path.Combine(folder, FileName(target), fingerprint + ".json");

    private string Short(string path) => Path.GetRelativePath(Path.GetDirectoryName(folder)!, path).Replace('\\', '/');

    internal static string FileName(string target) =>
        string.Concat(target.Select(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_'));
}
