namespace Pipeline.GitHub.Rehearsal.Jobs.Output;

/// <summary>A command in a line of output, in either way of writing one: <c>::name key=value,key=value::text</c>, and <c>##[name key=value;key=value]text</c> anywhere in it.</summary>
/// <param name="Name">What it orders.</param>
/// <param name="Properties">Its properties.</param>
/// <param name="Text">What it says.</param>
internal sealed record WorkflowCommand(string Name, IReadOnlyDictionary<string, string> Properties, string Text)
{
    private const string OlderMark = "##[";

    private static readonly (string Code, string Sign)[] Escapes = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];

    private static readonly (string Code, string Sign)[] PropertyEscapes = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];

    private static readonly (string Code, string Sign)[] OlderEscapes = [("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%25", "%")];

    // The runner takes the older way for what it knows alone; anything else in brackets is text.
    private static readonly string[] Known =
        ["add-mask", "error", "warning", "notice", "group", "endgroup", "debug", "echo", "add-matcher", "remove-matcher", "stop-commands", "set-output", "save-state", "set-env", "add-path"];

    /// <summary>File and line, where it names them.</summary>
    internal string Place => Properties.TryGetValue("file", out var file)
        ? $"{file}{(Properties.TryGetValue("line", out var line) ? $":{line}" : "")}{(Properties.TryGetValue("col", out var column) ? $":{column}" : "")}"
        : "";

    /// <summary>The name of what it sets.</summary>
    internal string Subject => Properties.GetValueOrDefault("name", "");

    /// <summary>The command of a line; null where there is none.</summary>
    internal static WorkflowCommand? Parse(string line) => ParsePresent(line) ?? ParseOlder(line);

    private static WorkflowCommand? ParsePresent(string line)
    {
        var text = line.TrimStart();
        var end = text.StartsWith("::", StringComparison.Ordinal) ? text.IndexOf("::", 2, StringComparison.Ordinal) : -1;
        return end <= 2 ? null : Of(text[2..end], ',', PropertyEscapes, Unescape(text[(end + 2)..], Escapes));
    }

    private static WorkflowCommand? ParseOlder(string line)
    {
        var start = line.IndexOf(OlderMark, StringComparison.Ordinal);
        var end = start < 0 ? -1 : line.IndexOf(']', start);
        if (end < 0)
            return null;
        var command = Of(line[(start + OlderMark.Length)..end], ';', OlderEscapes, Unescape(line[(end + 1)..], OlderEscapes));
        return Known.Contains(command.Name, StringComparer.OrdinalIgnoreCase) ? command : null;
    }

    private static WorkflowCommand Of(string head, char separator, (string Code, string Sign)[] escapes, string text)
    {
        var words = head.Split(' ', 2);
        var properties = words.Length < 2 ? [] : words[1].Split(separator).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .DistinctBy(pair => pair[0].Trim()).ToDictionary(pair => pair[0].Trim(), pair => Unescape(pair[1], escapes));
        return new(words[0], properties, text);
    }

    private static string Unescape(string text, (string Code, string Sign)[] escapes)
    {
        foreach (var (code, sign) in escapes)
            text = text.Replace(code, sign, StringComparison.Ordinal);
        return text;
    }
}
