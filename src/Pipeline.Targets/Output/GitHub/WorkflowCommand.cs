using System.Globalization;
using System.Text;

namespace Pipeline.Targets.Output;

/// <summary>
/// Commands to GitHub's runner, one line each whatever is in them:
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands.
/// </summary>
internal static class WorkflowCommand
{
    internal static string Mask(string value) => $"::add-mask::{Data(value)}";

    /// <summary>A message that people see beside the file and line it is about.</summary>
    /// <param name="severity">How much it weighs.</param>
    /// <param name="message">The message, with any number of lines.</param>
    /// <param name="title">Its heading; none when empty.</param>
    /// <param name="file">The file relative to the top of the repository; none when null.</param>
    /// <param name="line">The line from 1 on; none when 0.</param>
    /// <param name="column">The column from 1 on; none when 0.</param>
    internal static string Annotate(FindingSeverity severity, string message, string title = "", string? file = null, int line = 0, int column = 0)
    {
        var properties = new List<string>();
        if (file is not null)
        {
            properties.Add($"file={Property(file)}");
            if (line > 0)
                properties.Add(string.Create(CultureInfo.InvariantCulture, $"line={line}"));
            if (line > 0 && column > 0)
                properties.Add(string.Create(CultureInfo.InvariantCulture, $"col={column}"));
        }

        if (title.Length > 0)
            properties.Add($"title={Property(title)}");
        var name = severity switch
        {
            FindingSeverity.Error => "error",
            FindingSeverity.Warning => "warning",
            _ => "notice",
        };
        return $"::{name}{(properties.Count > 0 ? " " : "")}{string.Join(',', properties)}::{Data(message)}";
    }

    private static string Data(string text) => Encoded(text, "");

    private static string Property(string text) => Encoded(text, ":,");

    private static string Encoded(string text, string also)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (character is '%' or '\r' or '\n' || also.Contains(character, StringComparison.Ordinal))
                encoded.Append(CultureInfo.InvariantCulture, $"%{(int)character:X2}");
            // Other line ends mean nothing to the runner and can mean one to what reads its log.
            else
                encoded.Append(character is '\u0085' or '\u2028' or '\u2029' or '\v' or '\f' or '\0' ? ' ' : character);
        }

        return encoded.ToString();
    }
}
