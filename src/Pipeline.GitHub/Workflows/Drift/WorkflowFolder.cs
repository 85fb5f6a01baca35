using System.Text;

namespace Pipeline.GitHub.Workflows;

/// <summary>The folder <c>.github/workflows</c> of a repository.</summary>
/// <param name="root">The top of the repository.</param>
/// <param name="origin">The comment at the top of every file that is generated; what begins with it and is not generated any more is left over.</param>
public sealed class WorkflowFolder(string root, string origin)
{
    private const string Name = ".github/workflows";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string folder = Path.Combine(root, ".github", "workflows");

    /// <summary>All workflows as they are now, generated or not, in the order of their names.</summary>
    public IReadOnlyList<(string File, string Text)> Read() => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".yml" or ".yaml").Order(StringComparer.Ordinal).Select(file => ($"{Name}/{Path.GetFileName(file)}", File.ReadAllText(file)))]
        : [];

    /// <summary>Writes what differs, and removes what is left over.</summary>
    /// <returns>What was done, a line for each file; empty when all was as it should be.</returns>
    public IReadOnlyList<string> Write(IReadOnlyCollection<GeneratedFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        List<string> done = [];
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            if (File.Exists(path) && File.ReadAllText(path) == file.Text)
                continue;
            done.Add($"{(File.Exists(path) ? "changed" : "wrote")} {Name}/{file.Name}");
            File.WriteAllText(path, file.Text, Utf8);
        }
        foreach (var (name, _) in LeftOver(files))
        {
            File.Delete(Path.Combine(root, name));
            done.Add($"removed {name}");
        }
        return done;
    }

    /// <summary>Where the folder is not what would be generated, each with the difference.</summary>
    /// <param name="files">What would be generated.</param>
    /// <param name="remedy">The command that generates it.</param>
    public IReadOnlyList<WorkflowFinding> FindDrift(IReadOnlyCollection<GeneratedFile> files, string remedy)
    {
        ArgumentNullException.ThrowIfNull(files);
        var present = Read().ToDictionary(file => file.File, file => file.Text, StringComparer.Ordinal);
        var differing = from file in files
                        let found = present.GetValueOrDefault($"{Name}/{file.Name}", "")
                        where found != file.Text
                        let difference = TextDifference.Between(found, file.Text)
                        select new WorkflowFinding($"{Name}/{file.Name}", difference.Line, 1, present.ContainsKey($"{Name}/{file.Name}")
                            ? $"is not what the declaration in C# says; run {remedy}, or take over in the declaration what was meant:\n{difference.Text}"
                            : $"is missing; run {remedy}");
        return [.. differing, .. LeftOver(files).Select(file => new WorkflowFinding(file.File, 1, 1, $"was generated and is declared no more; run {remedy}, which removes it"))];
    }

    private IEnumerable<(string File, string Text)> LeftOver(IReadOnlyCollection<GeneratedFile> files) =>
        Read().Where(file => file.Text.StartsWith($"# {origin}", StringComparison.Ordinal) && files.All(each => $"{Name}/{each.Name}" != file.File));
}
