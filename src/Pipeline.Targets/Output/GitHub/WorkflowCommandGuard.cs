using System.Text.RegularExpressions;

namespace Pipeline.Targets.Output;

/// <summary>
/// Keeps text that a target prints from being read as a workflow command by GitHub's runner, which takes a line that begins with <c>::</c> and anything behind
/// <c>##[</c> for one: https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
/// </summary>
internal static partial class WorkflowCommandGuard
{
    // Takes no room, and is no white space, which the runner would skip.
    private const string Between = "\u2060";

    internal static string Disarm(string text) => Command().Replace(text, found => found.Value[..^1] + Between + found.Value[^1]);

    /// <summary>As <see cref="Disarm"/>, for a document that a program reads: JSON stays JSON, and means what it meant.</summary>
    internal static string DisarmDocument(string document)
    {
        // Outside of its strings JSON has no such sign.
        return Disarm(document.AsSpan().TrimStart() is ['{' or '[', ..] ? document.Replace("##[", @"##\u005b", StringComparison.Ordinal) : document);
    }

    [GeneratedRegex(@"(?:\A|[\r\n\u0085\u2028\u2029])\s*::|##\[", RegexOptions.CultureInvariant)]
    private static partial Regex Command();
}
