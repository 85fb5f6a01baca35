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

    /// <summary>The outputs that were set by the command that GitHub wants nobody to use any more, and still obeys.</summary>
    internal Dictionary<string, string> Outputs { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal void Take(string line)
    {
        lock (gate)
        {
            if (WorkflowCommand.Parse(line) is not { } command)
                log.Quote(line);
            else if (stopped is null)
                Obey(command, line);
            else if (command.Name == stopped)
                stopped = null;
            else
                log.Quote(line);
        }
    }

    private void Obey(WorkflowCommand command, string line)
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
                if (command is { Name: "set-output", Subject.Length: > 0 })
                    Outputs[command.Subject] = command.Text;
                log.Annotate(new("warning", "", $"{command.Name} is deprecated and obeyed for the time being; write to the file that {(command.Name == "set-output" ? "GITHUB_OUTPUT" : "GITHUB_STATE")} names"));
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
}
