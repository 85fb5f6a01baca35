using System.Text;

namespace Pipeline.GitHub.Running;

/// <summary>
/// What a step hands to later steps and jobs through the file that <c>GITHUB_OUTPUT</c> names:
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-output-parameter.
/// </summary>
/// <param name="file">The file; null outside of a runner, where nothing is written.</param>
public sealed class StepOutput(string? file)
{
    /// <summary>The file of the step that runs now, if any does.</summary>
    public static StepOutput OfThisStep() => new(Environment.GetEnvironmentVariable("GITHUB_OUTPUT") is { Length: > 0 } file ? file : null);

    /// <summary>Writes an output. Whatever is in the value, it ends no line that means something to the runner.</summary>
    /// <param name="name">A letter or _, then letters, digits, _ and -.</param>
    /// <param name="value">Any text.</param>
    /// <exception cref="ArgumentException">The name is none.</exception>
    public void Write(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Workflows.Names.Require(name, "an output");
        if (file is null)
            return;
        var end = $"end-{Guid.NewGuid():N}";
        File.AppendAllText(file, $"{name}<<{end}\n{value}\n{end}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
