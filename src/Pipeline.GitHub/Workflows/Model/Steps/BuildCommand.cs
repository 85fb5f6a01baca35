using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Workflows;

/// <summary>
/// A call of <c>./build.sh</c>, the same on a laptop. It holds no variables and no expressions: parameters that differ come as <c>PIPELINE_…</c> variables of the step,
/// which no shell reads.
/// </summary>
public sealed partial class BuildCommand
{
    private BuildCommand(string text) => Text = text;

    /// <summary>The whole command.</summary>
    public string Text { get; }

    /// <summary>Runs targets.</summary>
    /// <param name="targets">Their names; at least one.</param>
    /// <param name="arguments">What follows them, such as <c>--plan</c> or <c>--watch</c> and <c>15m</c>.</param>
    /// <exception cref="ArgumentException">There is no target, or a shell would not read a word as it stands.</exception>
    public static BuildCommand Run(IReadOnlyList<string> targets, params ReadOnlySpan<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
            throw new ArgumentException("a command without a target runs the default one, which may be another tomorrow; name at least one", nameof(targets));
        string[] words = [.. targets.SelectMany(target => new[] { "--target", target }), .. arguments];
        return words.FirstOrDefault(word => !PlainWord().IsMatch(word)) is { } wrong
            ? throw new ArgumentException($"'{wrong}' is more than letters, digits and . _ = : / , + - and a shell would read something into it; hand it over as a PIPELINE_ variable of the step", nameof(arguments))
            : new($"./build.sh {string.Join(' ', words)}");
    }

    /// <inheritdoc />
    public override string ToString() => Text;

    [GeneratedRegex(@"\A[A-Za-z0-9._=:/,+-]+\z")]
    private static partial Regex PlainWord();
}
