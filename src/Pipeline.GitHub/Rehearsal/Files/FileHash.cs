using System.Security.Cryptography;

namespace Pipeline.GitHub.Rehearsal.Files;

/// <summary>
/// What <c>hashFiles</c> gives: the hash of the hashes of all files that are found: https://docs.github.com/actions/reference/workflows-and-actions/expressions#hashfiles.
/// </summary>
internal static class FileHash
{
    internal static string Of(string workspace, IReadOnlyList<string> patterns)
    {
        var inside = workspace + Path.DirectorySeparatorChar;
        var files = FileGlob.Find(patterns.SelectMany(FileGlob.Lines), workspace, HiddenFiles.AreTaken).Files.Where(file => file.StartsWith(inside, StringComparison.Ordinal)).ToList();
        return files.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData([.. files.SelectMany(file => SHA256.HashData(File.ReadAllBytes(file)))]));
    }
}
