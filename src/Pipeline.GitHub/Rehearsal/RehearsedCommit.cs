using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;

namespace Pipeline.GitHub.Rehearsal;

/// <summary>The commit that is rehearsed.</summary>
/// <param name="Id">Its hash.</param>
/// <param name="Message">Its message.</param>
/// <param name="Branch">The branch that is checked out; null for none.</param>
/// <param name="Changes">What the folder has that the commit has not.</param>
internal sealed record RehearsedCommit(string Id, string Message, string? Branch, IReadOnlyList<string> Changes)
{
    private const string Folder = ".github/workflows/";

    internal static async Task<RehearsedCommit> ReadAsync(string repository, CancellationToken cancellation)
    {
        var id = (await GitProgram.RunAsync(repository, ["rev-parse", "--verify", "HEAD"], cancellation)).Trim();
        var message = (await GitProgram.RunAsync(repository, ["log", "-1", "--format=%B", id], cancellation)).Trim();
        var (isOnBranch, branch, _) = await GitProgram.TryAsync(repository, ["symbolic-ref", "--quiet", "--short", "HEAD"], cancellation);
        var changes = await GitProgram.RunAsync(repository, ["status", "--porcelain"], cancellation);
        return new(id, message, isOnBranch == 0 ? branch.Trim() : null, [.. changes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[3..])]);
    }

    /// <summary>The name of a repository on GitHub, as its remote <c>origin</c> has it; one made of its folder's name where there is none.</summary>
    internal static async Task<RepositoryName> NameAsync(string repository, CancellationToken cancellation)
    {
        var (exitCode, origin, _) = await GitProgram.TryAsync(repository, ["remote", "get-url", "origin"], cancellation);
        if (exitCode == 0 && RemoteAddress.Parse(origin.Trim()) is { } remote)
            return remote.Repository;
        var folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(repository)).Trim('.');
        return new("local", folder.Length == 0 ? "repository" : string.Concat(folder.Select(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '_' or '.' ? sign : '-')));
    }

    /// <summary>The file of a workflow, as it is in the commit.</summary>
    /// <exception cref="RehearsalException">There is none of this name.</exception>
    internal async Task<(string File, string Text)> ReadWorkflowAsync(string repository, string name, CancellationToken cancellation)
    {
        var listed = await GitProgram.RunAsync(repository, ["ls-tree", "--name-only", Id, Folder], cancellation);
        var files = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(path => path[Folder.Length..]).Where(file => file.EndsWith(".yml", StringComparison.Ordinal) || file.EndsWith(".yaml", StringComparison.Ordinal)).ToList();
        var found = files.FirstOrDefault(file => file == name) ?? files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name)
            ?? throw new RehearsalException([$"workflow '{name}' is no file of {Folder} in commit {Id[..8]}; there are {(files.Count == 0 ? "none" : string.Join(", ", files))}. What is not committed is not rehearsed"]);
        return ($"{Folder}{found}", await GitProgram.RunAsync(repository, ["show", $"{Id}:{Folder}{found}"], cancellation));
    }
}
