using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Targets.Fingerprints;

/// <summary>
/// Content hashes of files, remembered by what the file system says of them, so that unchanged files need not be read again. As in git a file
/// that was modified when the cache was written is not trusted: a second change within the same tick would not show.
/// </summary>
internal sealed class StatCache
{
    private const int Version = 1;
    private readonly string root;
    private readonly string path;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, Entry> entries;
    private bool changed;

    private StatCache(string root, string path, TimeProvider time, ConcurrentDictionary<string, Entry> entries)
    {
        this.root = root;
        this.path = path;
        this.time = time;
        this.entries = entries;
    }

    /// <param name="root">The folder that all paths are relative to.</param>
    /// <param name="path">The file that keeps the cache. A file that cannot be read counts as none: it costs time, never truth.</param>
    /// <param name="time">The clock that the file system goes by.</param>
    internal static StatCache Open(string root, string path, TimeProvider time) => new(root, path, time, Load(path));

    /// <summary>The hash of a file's content, of a link's target, or null where there is no file.</summary>
    internal string? Hash(string relative)
    {
        var full = $"{root}/{relative}";
        var stat = FileStat.Of(full);
        if (stat.Kind is FileKind.Absent or FileKind.Folder)
            return null;
        if (entries.TryGetValue(relative, out var entry) && entry.Stat == stat)
            return entry.Hash;
        var now = time.GetUtcNow().UtcTicks;
        var hash = Compute(full, stat.Kind);
        // Only a file that rested for a while before it was read, and did not change while it was, is remembered.
        if (FileStat.Of(full) == stat && now - Math.Max(stat.Modified, stat.Changed) > TimeSpan.TicksPerSecond * 2)
        {
            entries[relative] = new(stat, hash);
            changed = true;
        }

        return hash;
    }

    internal void Save()
    {
        if (!changed)
            return;
        changed = false;
        AtomicFile.Write(path, stream =>
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            writer.Write(Version);
            var all = entries.ToArray();
            writer.Write(all.Length);
            foreach (var (name, (stat, hash)) in all)
            {
                writer.Write(name);
                writer.Write(stat.Size);
                writer.Write(stat.Modified);
                writer.Write(stat.Changed);
                writer.Write(stat.Inode);
                writer.Write((byte)stat.Kind);
                writer.Write(hash);
            }
        });
    }

    private static string Compute(string full, FileKind kind)
    {
        if (kind == FileKind.Link)
            return "link:" + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(new FileInfo(full).LinkTarget ?? "")));
        using var stream = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        return Hex(SHA256.HashData(stream)) + (kind == FileKind.Program ? "+x" : "");
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash.AsSpan(0, 16));

    private static ConcurrentDictionary<string, Entry> Load(string path)
    {
        var entries = new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return entries;
        try
        {
            using var stream = new MemoryStream(File.ReadAllBytes(path));
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            if (reader.ReadInt32() != Version)
                return entries;
            for (var count = reader.ReadInt32(); count > 0; count--)
            {
                var name = reader.ReadString();
                entries[name] = new(
                    new(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), (FileKind)reader.ReadByte()), reader.ReadString());
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            entries.Clear();
        }

        return entries;
    }

    private readonly record struct Entry(FileStat Stat, string Hash);
}
