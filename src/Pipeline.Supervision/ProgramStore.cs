using System.Security.Cryptography;
using System.Text;

namespace Pipeline.Supervision;

/// <summary>
/// Keeps the programs that outlive the build program (supervisor, edge, sandbox) in folders named by their content,
/// so that compiling anew never touches the files of a running process.
/// </summary>
/// <param name="root">The folder of all programs: <c>.pipeline/programs</c>.</param>
public sealed class ProgramStore(string root)
{
    /// <summary>Copies a program's published folder once and returns where it lies.</summary>
    /// <param name="name">The program's name: <c>edge</c>.</param>
    /// <param name="source">The folder with its files.</param>
    /// <exception cref="SupervisionException">The folder is missing or empty.</exception>
    public string Install(string name, string source)
    {
        if (!Directory.Exists(source) || Directory.GetFiles(source).Length == 0)
            throw new SupervisionException($"program {name}: no files in {source}; build the solution first");
        var target = Path.Combine(root, name, ContentName(source));
        if (Directory.Exists(target))
            return target;
        var unfinished = $"{target}.{Guid.NewGuid():N}";
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(unfinished, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        MoveOrDiscard(unfinished, target);
        return target;
    }

    private static void MoveOrDiscard(string unfinished, string target)
    {
        try
        {
            Directory.Move(unfinished, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            Directory.Delete(unfinished, recursive: true);
        }
    }

    private static string ContentName(string source)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(source, file) + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
