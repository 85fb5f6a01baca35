namespace Pipeline.Targets.Output;

/// <summary>How the lines that frame a target's output look.</summary>
internal abstract class DisplayStyle
{
    /// <summary>The line after the output of a target, where there is one.</summary>
    internal virtual string? End => null;

    internal abstract string Header(string target);

    /// <summary>Text that is not the display's own, as it may be shown.</summary>
    internal virtual string Text(string text) => text;

    /// <summary>A fault that keeps the program from running anything.</summary>
    internal virtual string Fault(string text) => $"Error: {text}";

    internal virtual string Footer(string target, TargetOutcome outcome, string text) =>
        $"{Sign(outcome)} {target}{(text.Length > 0 ? $"  {text}" : "")}";

    internal static string StillRunning(IReadOnlyList<(string Name, TimeSpan For)> running) =>
        "still running: " + string.Join(", ", running.Select(target => $"{target.Name} {Durations.Text(target.For)}"));

    internal static DisplayStyle For(ConsoleDevices devices) => devices switch
    {
        { IsGitHub: true } => new GitHubStyle(),
        { HasColour: true } => new ColourStyle(),
        _ => new PlainStyle(),
    };

    private protected static string Sign(TargetOutcome outcome) => outcome switch
    {
        TargetOutcome.Succeeded => "✓",
        TargetOutcome.UpToDate => "=",
        TargetOutcome.Skipped or TargetOutcome.NotRun => "-",
        TargetOutcome.Handled => "!",
        _ => "✗",
    };

    private static string Rule(string target) => $"── {target} {new string('─', Math.Max(3, 60 - target.Length))}";

    private sealed class PlainStyle : DisplayStyle
    {
        internal override string Header(string target) => Rule(target);
    }

    private sealed class ColourStyle : DisplayStyle
    {
        internal override string Header(string target) => $"\e[1m{Rule(target)}\e[0m";

        internal override string Footer(string target, TargetOutcome outcome, string text)
        {
            var colour = outcome switch
            {
                TargetOutcome.Succeeded => "32",
                TargetOutcome.UpToDate or TargetOutcome.Skipped or TargetOutcome.NotRun => "2",
                TargetOutcome.Handled => "33",
                _ => "31",
            };
            return $"\e[{colour}m{base.Footer(target, outcome, text)}\e[0m";
        }
    }

    // https://docs.github.com/actions/reference/workflow-commands-for-github-actions#grouping-log-lines
    private sealed class GitHubStyle : DisplayStyle
    {
        internal override string End => "::endgroup::";

        internal override string Header(string target) => $"::group::{target}";

        internal override string Fault(string text) => WorkflowCommand.Annotate(FindingSeverity.Error, text);

        internal override string Text(string text) => WorkflowCommandGuard.Disarm(text);
    }
}
