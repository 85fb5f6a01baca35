using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>The comment behind a value on its line, which YAML itself does not keep.</summary>
internal static class LineComment
{
    public static string Of(string[] lines, YamlNode value)
    {
        var (line, column) = ((int)value.End.Line - 1, (int)value.End.Column - 1);
        if (line >= lines.Length || column > lines[line].Length)
            return "";
        var rest = lines[line][column..];
        var mark = rest.IndexOf('#', StringComparison.Ordinal);
        return mark > 0 && char.IsWhiteSpace(rest[mark - 1]) ? rest[(mark + 1)..].Trim() : "";
    }
}
