using System.Text;

namespace Pipeline.GitHub.Running;

/// <summary>
/// Folders that later steps of the job find programs in, through the file that <c>GITHUB_PATH</c> names:
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-system-path.
/// </summary>
/// <param name="file">The file; null outside of a runner, where nothing is written.</param>
public sealed class StepPath(string? file)
{
    /// <summary>The file of the step that runs now, if any does.</summary>
    public static StepPath OfThisStep() => new(Environment.GetEnvironmentVariable("GITHUB_PATH") is { Length: > 0 } file ? file : null);

    /// <summary>Adds a folder in front of all others.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <exception cref="ArgumentException">It is no absolute path, or has control characters in it, which would make a line of their own.</exception>
    public void Add(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Path.IsPathFullyQualified(folder) || folder.Any(char.IsControl))
            throw new ArgumentException($"'{folder}' cannot be added to the path of later steps; give an absolute path without control characters", nameof(folder));
        if (file is not null)
            File.AppendAllText(file, $"{folder}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
