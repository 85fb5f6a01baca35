using System.Globalization;

namespace Pipeline.GitHub.Workflows;

/// <summary>Something in a workflow that a rule objects to.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1 on.</param>
/// <param name="Column">The column, from 1 on.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record WorkflowFinding(string File, int Line, int Column, string Message)
{
    /// <summary>As compilers write it: <c>.github/workflows/check.yml:7:3: …</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Message}");
}
