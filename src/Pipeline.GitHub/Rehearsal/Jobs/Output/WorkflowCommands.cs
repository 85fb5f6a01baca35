namespace Pipeline.GitHub.Rehearsal.Jobs.Output;

/// <summary>
/// Reads what a step writes, line by line, for commands to the runner: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands.
/// </summary>
/// <param name="log">Where lines go that are none.</param>
internal sealed class WorkflowCommands(JobLog log)
{
    private readonly Lock gate = new();
    private string? stopped;

    /// <summary>Why the step fails, however it ends; null when it does not.</summary>
    internal string? Fault { get; private set; }

    internal void Take(string line)
    {
        lock (gate)
        {
            if (Command.Parse(line) is not { } command)
                log.Quote(line);
            else if (stopped is null)
                Obey(command, line);
            else if (command.Name == stopped)
                stopped = null;
            else
                log.Quote(line);
        }
    }

    private void Obey(Command command, string line)
    {
        switch (command.Name)
        {
            case "add-mask":
                log.Masks.Add(command.Text);
                log.Quote("::add-mask::***");
                break;
            case "error" or "warning" or "notice":
                log.Annotate(new(command.Name, command.Place, command.Text));
                break;
            case "group":
                log.Quote($"▾ {command.Text}");
                break;
            case "endgroup":
            case "debug" or "echo" or "add-matcher" or "remove-matcher":
                break;
            case "stop-commands" when command.Text.Length > 0:
                stopped = command.Text;
                break;
            case "set-output" or "save-state":
                log.Annotate(new("warning", "", $"{command.Name} is no command any more and was not obeyed; write to the file that {(command.Name == "set-output" ? "GITHUB_OUTPUT" : "GITHUB_STATE")} names"));
                break;
            case "set-env" or "add-path":
                Fault = $"{command.Name} is no command any more; write to the file that {(command.Name == "set-env" ? "GITHUB_ENV" : "GITHUB_PATH")} names";
                log.Annotate(new("error", "", Fault));
                break;
            default:
                log.Quote(line);
                break;
        }
    }

    private sealed record Command(string Name, IReadOnlyDictionary<string, string> Properties, string Text)
    {
        private static readonly (string Code, string Sign)[] Escapes = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];

        private static readonly (string Code, string Sign)[] PropertyEscapes = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];

        internal string Place => Properties.TryGetValue("file", out var file)
            ? $"{file}{(Properties.TryGetValue("line", out var line) ? $":{line}" : "")}{(Properties.TryGetValue("col", out var column) ? $":{column}" : "")}"
            : "";

        internal static Command? Parse(string line)
        {
            var text = line.TrimStart();
            var end = text.StartsWith("::", StringComparison.Ordinal) ? text.IndexOf("::", 2, StringComparison.Ordinal) : -1;
            if (end <= 2)
                return null;
            var words = text[2..end].Split(' ', 2);
            var properties = words.Length < 2 ? [] : words[1].Split(',').Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
                .DistinctBy(pair => pair[0].Trim()).ToDictionary(pair => pair[0].Trim(), pair => Unescape(pair[1], PropertyEscapes));
            return new(words[0], properties, Unescape(text[(end + 2)..], Escapes));
        }

        private static string Unescape(string text, (string Code, string Sign)[] escapes)
        {
            foreach (var (code, sign) in escapes)
                text = text.Replace(code, sign, StringComparison.Ordinal);
            return text;
        }
    }
}
