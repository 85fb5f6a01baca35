using Pipeline.Applications.Sources.Git;
using Pipeline.Delivery;

namespace Pipeline.Applications.Sources.Publishing;

/// <summary>
/// Copies what git knows or would take (not what it ignores) into a folder of its own, every file with the commit's time. Neither bin and obj nor a
/// forgotten local file nor the time of a checkout can get into what is built there.
/// </summary>
public static class SourceExport
{
    /// <exception cref="DeliveryException">There are links or submodules among the sources; all are named.</exception>
    public static async Task CopyAsync(GitFacts facts, string target, CancellationToken cancellation)
    {
        var files = await ListAsync(facts.Root, cancellation);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            var copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(facts.Root, file), copy);
            File.SetLastWriteTimeUtc(copy, facts.CommittedAt.UtcDateTime);
        }
    }

    /// <summary>The files that git knows or would take, relative to the top of the clone.</summary>
    /// <exception cref="DeliveryException">There are links or submodules among the sources; all are named.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(string root, CancellationToken cancellation)
    {
        var listed = await new GitCommand(root).AskAsync(cancellation, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        var paths = listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => (Path: path, Info: new FileInfo(Path.Combine(root, path)))).ToArray();
        var faults = paths.Select(file => Fault(file.Path, file.Info)).OfType<string>().ToArray();
        return faults.Length == 0
            ? [.. paths.Where(file => file.Info.Exists).Select(file => file.Path)]
            : throw new DeliveryException($"the sources in {root} cannot be copied:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}");
    }

    private static string? Fault(string path, FileInfo info)
    {
        if (info.LinkTarget is { } link)
            return $"{path} is a link to {link}, which another machine may not have; commit the file itself";
        return Directory.Exists(info.FullName) ? $"{path} is a submodule or a clone within the clone; commit its files or let git ignore it" : null;
    }
}
