using System.Text;
using System.Text.RegularExpressions;

namespace Pipeline.GitHub.Workflows;

/// <summary>How the things of a workflow may be named.</summary>
internal static partial class Names
{
    public const string IdentifierRule = "begins with a letter or _ and goes on with letters, digits, _ and -";

    public const string VariableRule = "begins with a letter or _ and goes on with letters, digits and _";

    public static bool IsIdentifier(string name) => Identifier().IsMatch(name);

    public static bool IsVariable(string name) => Variable().IsMatch(name);

    /// <summary>Texts for people and for addresses stay on one line, so that none can pretend to be another one.</summary>
    public static bool IsOneLine(string text) => text.EnumerateRunes().All(rune =>
        !Rune.IsControl(rune) && rune.Value is not (0x2028 or 0x2029 or 0xfeff or 0xfffd) && (rune.Value & 0xfffe) != 0xfffe);

    /// <exception cref="ArgumentException">The name is none.</exception>
    internal static string Require(string name, string what) => IsIdentifier(name)
        ? name
        : throw new ArgumentException($"'{name}' is no name of {what}; one {IdentifierRule}", nameof(name));

    /// <exception cref="ArgumentException">The name is none.</exception>
    internal static string RequireVariable(string name, string what) => IsVariable(name) && !name.StartsWith("GITHUB_", StringComparison.OrdinalIgnoreCase)
        ? name
        : throw new ArgumentException($"'{name}' is no name of {what}; one {VariableRule}, and never begins with GITHUB_", nameof(name));

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable();
}
