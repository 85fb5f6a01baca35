using System.Security.Cryptography;
using Pipeline.Artifacts.Layers;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Unpacking;

/// <summary>Compares an unpacked application with its artifact, byte by byte.</summary>
internal static class TreeCheck
{
    private const int Shown = 10;

    /// <exception cref="DeliveryException">Files were changed, added or removed.</exception>
    public static async Task RequireSameAsync(Digest digest, string root, ImageTree tree, CancellationToken cancellation)
    {
        var faults = new List<string>();
        foreach (var (path, file) in tree.Files)
        {
            if (await FaultAsync(Path.Combine(root, path), file, cancellation) is { } fault)
                faults.Add($"{path} {fault}");
        }
        faults.AddRange(tree.Links.Where(link => new FileInfo(Path.Combine(root, link.Key)).LinkTarget != link.Value.Target)
            .Select(link => $"{link.Key} is no longer a link to {link.Value.Target}"));
        faults.AddRange(Present(root).Where(path => !tree.Contains(path)).Order(StringComparer.Ordinal).Select(path => $"{path} was added"));
        if (faults.Count > 0)
            throw new DeliveryException(
                $"artifact {digest} was unpacked into {root}, and its files there are no longer those of the artifact; see who wrote there, then delete that folder: it is unpacked anew"
                + string.Concat(faults.Take(Shown).Select(fault => $"\n  - {fault}"))
                + (faults.Count > Shown ? $"\n  - and {faults.Count - Shown} more" : ""));
    }

    private static IEnumerable<string> Present(string root) =>
        TreeWalk.Entries(root).Select(path => Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));

    private static async Task<string?> FaultAsync(string path, ImageFile expected, CancellationToken cancellation)
    {
        var info = new FileInfo(path);
        if (info.LinkTarget is { } target)
            return $"was replaced by a link to {target}";
        if (!info.Exists)
            return "was removed";
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var actual = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        return actual == expected.Checksum ? null : $"was changed: it hashes to {actual} instead of {expected.Checksum}";
    }
}
