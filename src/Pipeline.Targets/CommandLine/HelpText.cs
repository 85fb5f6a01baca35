using System.Text;
using Pipeline.Targets.Graphs;
using Pipeline.Targets.Parameters;

namespace Pipeline.Targets.CommandLine;

/// <summary>The help: usage, options, parameters and targets.</summary>
internal static class HelpText
{
    internal static string Write(string program, string description, IReadOnlyList<OptionDefinition> options, IReadOnlyList<TargetType> targets)
    {
        var text = new StringBuilder();
        if (description.Length > 0)
            text.Append(description).Append('\n').Append('\n');
        text.Append("usage: ").Append(program).Append(" [--target <name>]… [options] [parameters]\n");
        Section(text, "options", [.. options.Where(option => option.Parameter is null).Select(option => (Usage(option), option.Description))]);
        Section(text, "parameters", [.. options.Where(option => option.Parameter is not null).Select(option => (Usage(option), Explain(option.Parameter!)))]);
        Section(text, "targets", [.. targets.Select(target => (target.Name, target.Description))]);
        return text.ToString();
    }

    internal static string List(IReadOnlyList<TargetType> targets)
    {
        var width = targets.Count == 0 ? 0 : targets.Max(target => target.Name.Length);
        return string.Concat(targets.Select(target => $"{target.Name.PadRight(width)}  {target.Description}".TrimEnd() + "\n"));
    }

    private static void Section(StringBuilder text, string title, IReadOnlyList<(string Left, string Right)> rows)
    {
        if (rows.Count == 0)
            return;
        text.Append('\n').Append(title).Append(":\n");
        var width = Math.Min(34, rows.Max(row => row.Left.Length));
        foreach (var (left, right) in rows)
        {
            text.Append("  ").Append(left.PadRight(width));
            if (right.Length > 0)
                text.Append(left.Length > width ? $"\n  {new string(' ', width)}" : "").Append("  ").Append(right);
            while (text[^1] == ' ')
                text.Length--;
            text.Append('\n');
        }
    }

    private static string Usage(OptionDefinition option)
    {
        var name = option.Short is { } letter ? $"-{letter}, --{option.Name}" : $"    --{option.Name}";
        return option.Value switch
        {
            OptionValue.None => name,
            OptionValue.Optional => $"{name} [{option.ValueName}]",
            _ => $"{name} <{option.ValueName}>",
        };
    }

    private static string Explain(IParameter parameter)
    {
        var notes = new List<string>();
        if (parameter.DefaultText is { Length: > 0 } standard && !(parameter.IsSwitch && standard == "false"))
            notes.Add($"default: {standard}");
        if (parameter.RequiredBy.Count > 0)
            notes.Add($"needed by {string.Join(", ", parameter.RequiredBy)}");
        notes.Add(ParameterNames.Variable(parameter.Name));
        return $"{parameter.Description} ({string.Join("; ", notes)})";
    }
}
