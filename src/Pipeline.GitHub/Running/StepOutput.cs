using System.Text;

namespace Pipeline.GitHub.Running;

/// <summary>
/// What a step hands to later steps and jobs through the file that <c>GITHUB_OUTPUT</c> names:
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-output-parameter.
/// </summary>
/// <param name="file">The file; null outside of a runner, where nothing is written.</param>
/// <param name="hide">A text without the secrets of the run, such as that of a run's mask. Later steps would find a secret in an output unmasked, and GitHub drops the output between jobs.</param>
public sealed class StepOutput(string? file, Func<string, string> hide)
{
    /// <summary>The file of the step that runs now, if any does.</summary>
    /// <param name="hide">A text without the secrets of the run.</param>
    public static StepOutput OfThisStep(Func<string, string> hide) => new(Environment.GetEnvironmentVariable("GITHUB_OUTPUT") is { Length: > 0 } file ? file : null, hide);

    /// <summary>Writes an output. Whatever is in the value, it ends no line that means something to the runner.</summary>
    /// <param name="name">A letter or _, then letters, digits, _ and -.</param>
    /// <param name="value">Any text without a secret.</param>
    /// <exception cref="ArgumentException">The name is none, or a secret is in the value.</exception>
    public void Write(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Workflows.Names.Require(name, "an output");
        if (hide(value) != value)
            throw new ArgumentException($"output {name} has a secret in it, and later steps would find it unmasked; hand on what names the secret, and read it where it is needed", nameof(value));
        if (file is null)
            return;
        var end = $"end-{Guid.NewGuid():N}";
        File.AppendAllText(file, $"{name}<<{end}\n{value}\n{end}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
