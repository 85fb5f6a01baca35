using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Targets;

namespace Build.Linting;

/// <summary>
/// Reads findings in the form that MSBuild, the compilers and dotnet format share:
/// https://learn.microsoft.com/visualstudio/msbuild/msbuild-diagnostic-format-for-tasks.
/// </summary>
/// <param name="root">The top of the repository.</param>
/// <param name="tool">The tool that wrote them, for people.</param>
public sealed partial class FindingReader(string root, string tool)
{
    /// <summary>The findings in what a tool wrote, each once, by file and line.</summary>
    public IReadOnlyList<Finding> Read(IEnumerable<string> lines) =>
        [.. lines.Select(Read).OfType<Finding>().Distinct().OrderBy(finding => finding.File, StringComparer.Ordinal).ThenBy(finding => finding.Line).ThenBy(finding => finding.Column)];

    private Finding? Read(string line)
    {
        var match = Diagnostic().Match(line);
        return match.Success
            ? new Finding(Relative(match.Groups["file"].Value.Trim()), Number(match.Groups["line"]), Number(match.Groups["column"]), match.Groups["rule"].Value, match.Groups["message"].Value.Trim())
            {
                Severity = match.Groups["severity"].Value == "warning" ? FindingSeverity.Warning : FindingSeverity.Error,
                Tool = tool,
            }
            : null;
    }

    private string Relative(string file)
    {
        var relative = Path.IsPathRooted(file) ? Path.GetRelativePath(root, file) : file;
        return (relative.StartsWith("..", StringComparison.Ordinal) ? file : relative).Replace('\\', '/');
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    // The project stands in brackets at the end; a finding that several projects share is one finding.
    [GeneratedRegex(@"^\s*(?<file>[^\(\):]*(:[\\/][^\(\):]*)?|[^:]+?)(\((?<line>\d+)(,(?<column>\d+)(,\d+,\d+)?)?\))?\s?: (?<severity>error|warning) (?<rule>[A-Za-z]+\d*)\s*: (?<message>.*?)(\s\[[^\[\]]+\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Diagnostic();
}
