using System.Text.RegularExpressions;

namespace Pipeline.Targets.Parameters;

/// <summary>How a parameter is called on the command line and in the environment.</summary>
internal static partial class ParameterNames
{
    internal static bool IsWellFormed(string name) => WellFormed().IsMatch(name);

    internal static string Variable(string name) => "PIPELINE_" + name.Replace('-', '_').ToUpperInvariant();

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex WellFormed();
}
