using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.GitHub.Rehearsal.Actions;
using Pipeline.GitHub.Rehearsal.Files;

namespace Pipeline.GitHub.Rehearsal.Store;

/// <summary>What jobs of a run hand to each other, by number and by name.</summary>
internal sealed class ArtifactStore(string folder)
{
    internal static readonly char[] NotInNames = ['"', ':', '<', '>', '|', '*', '?', '\r', '\n', '\\', '/'];

    /// <summary>All artifacts, oldest first.</summary>
    internal IReadOnlyList<StoredArtifact> List() => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder, "*.json").Select(file => JsonSerializer.Deserialize<StoredArtifact>(File.ReadAllText(file))!).OrderBy(artifact => artifact.Id)];

    internal string FilesOf(StoredArtifact artifact) => Path.Combine(folder, Text(artifact.Id));

    /// <exception cref="ActionException">There is one of this name in this attempt, and it may not be replaced.</exception>
    internal StoredArtifact Add(string name, IReadOnlyList<string> files, string beginning, int attempt, bool replaces)
    {
        var present = List();
        foreach (var old in present.Where(artifact => artifact.Name == name && artifact.Attempt == attempt))
        {
            if (!replaces)
                throw new ActionException($"there is an artifact '{name}' in this run already; give each its own name, or overwrite: true");
            File.Delete(DescriptionOf(old.Id));
            Directory.Delete(FilesOf(old), recursive: true);
        }
        var id = present.Select(artifact => artifact.Id).DefaultIfEmpty(100).Max() + 1;
        var (bytes, digest) = (0L, IncrementalHash.CreateHash(HashAlgorithmName.SHA256));
        using (digest)
        {
            foreach (var file in files)
            {
                var relative = Path.GetRelativePath(beginning, file);
                var target = Path.Combine(folder, Text(id), relative);
                FolderCopy.Copy(file, target);
                using var copied = File.OpenRead(target);
                bytes += copied.Length;
                digest.AppendData(Encoding.UTF8.GetBytes($"{relative}\0"));
                digest.AppendData(SHA256.HashData(copied));
            }
            var artifact = new StoredArtifact(id, name, attempt, bytes, Convert.ToHexStringLower(digest.GetHashAndReset()));
            File.WriteAllText(DescriptionOf(id), JsonSerializer.Serialize(artifact));
            return artifact;
        }
    }

    private string DescriptionOf(long id) => Path.Combine(folder, $"{Text(id)}.json");

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What one step handed on.</summary>
/// <param name="Id">Its number, unique in all attempts of a run.</param>
/// <param name="Name">Its name, unique in one attempt.</param>
/// <param name="Attempt">The attempt that made it.</param>
/// <param name="Bytes">How much it is.</param>
/// <param name="Digest">The hash of its files and their names.</param>
internal sealed record StoredArtifact(long Id, string Name, int Attempt, long Bytes, string Digest);
