using System.Globalization;

namespace Build.Linting;

/// <summary>Something that a compiler, an analyzer or the formatter objects to.</summary>
/// <param name="File">The file, relative to the top of the repository; a tool's or project's name when it is about none.</param>
/// <param name="Line">The line from 1 on; 0 when it is about the whole file.</param>
/// <param name="Column">The column from 1 on; 0 when it is about the whole line.</param>
/// <param name="Rule">The rule's id: <c>CA1822</c>, <c>WHITESPACE</c>.</param>
/// <param name="Message">What is wrong.</param>
public sealed record Finding(string File, int Line, int Column, string Rule, string Message)
{
    public override string ToString() => Line == 0
        ? $"{File}: {Rule}: {Message}"
        : string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column}): {Rule}: {Message}");
}
