using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Rest;

/// <summary>A repository on GitHub.</summary>
/// <param name="Owner">The person or organisation.</param>
/// <param name="Name">Its name.</param>
public sealed partial record RepositoryName(string Owner, string Name)
{
    /// <summary>Reads <c>owner/name</c>, as <c>GITHUB_REPOSITORY</c> holds it.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static RepositoryName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Written().Match(text) is { Success: true } match
            ? new(match.Groups["owner"].Value, match.Groups["name"].Value)
            : throw new FormatException($"'{text}' is no repository; write it as owner/name");
    }

    /// <inheritdoc />
    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"\A(?<owner>[A-Za-z0-9_-][A-Za-z0-9_.-]*)/(?<name>(?!\.{1,2}\z)[A-Za-z0-9_.-]+)\z")]
    private static partial Regex Written();
}
