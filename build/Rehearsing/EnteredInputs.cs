using System.Text.RegularExpressions;
using Pipeline.Targets;

namespace Build.Rehearsing;

/// <summary>What is entered into a workflow that a person starts, as the command line says it.</summary>
public static partial class EnteredInputs
{
    /// <summary>Reads <c>name=value,name=value</c>. A comma within a value has a backslash before it.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="MisuseException">A part of it is no input.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        Dictionary<string, string> inputs = [];
        foreach (var pair in Separator().Split(text).Where(pair => pair.Length > 0))
        {
            if (pair.Split('=', 2) is not [var name, var value] || name.Trim().Length == 0)
                throw new MisuseException($@"--inputs: '{pair}' is no input; write name=value, several with commas between them, and \, for a comma within a value");
            inputs[name.Trim()] = value.Replace(@"\,", ",", StringComparison.Ordinal);
        }
        return inputs;
    }

    [GeneratedRegex(@"(?<!\\),")]
    private static partial Regex Separator();
}
