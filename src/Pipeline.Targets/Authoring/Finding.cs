using System.Globalization;

namespace Pipeline.Targets;

/// <summary>How much a finding weighs, as GitHub tells them apart.</summary>
public enum FindingSeverity
{
    /// <summary>It has to be mended.</summary>
    Error,

    /// <summary>It should be looked at.</summary>
    Warning,

    /// <summary>It is worth knowing.</summary>
    Notice,
}

/// <summary>Something in a file that a compiler, a linter or a test objects to.</summary>
/// <param name="File">The file, relative to the working directory with <c>/</c> between its parts; the name of a tool or project where it is about no file.</param>
/// <param name="Line">The line from 1 on; 0 when it is about the whole file.</param>
/// <param name="Column">The column from 1 on; 0 when it is about the whole line.</param>
/// <param name="Title">What objects: the rule's id (<c>CA1822</c>), or the test that failed. May be empty.</param>
/// <param name="Message">What is wrong, and what to do.</param>
public sealed record Finding(string File, int Line, int Column, string Title, string Message)
{
    /// <summary>How much it weighs; an error by default.</summary>
    public FindingSeverity Severity { get; init; }

    /// <summary>The tool that found it, for people: <c>compiler</c>, <c>actionlint</c>. May be empty.</summary>
    public string Tool { get; init; } = "";

    /// <summary>Where, as compilers write it: <c>src/Cart.cs(12,5)</c>.</summary>
    internal string Place => (Line, Column) switch
    {
        (0, _) => File,
        (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{File}({Line})"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{File}({Line},{Column})"),
    };

    /// <summary>As compilers write it: <c>src/Cart.cs(12,5): CA1822: …</c>.</summary>
    public override string ToString() => Title.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Title}: {Message}";
}
