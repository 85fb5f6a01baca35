using Pipeline.Targets.Running;
using Pipeline.Targets.Secrets;

namespace Pipeline.Targets.Output;

/// <summary>
/// What targets report, beside the files it is about. GitHub keeps 10 of each kind for a step and drops the rest, so that what goes beyond is counted
/// here and left to the summary: https://docs.github.com/actions/reference/limits.
/// </summary>
/// <param name="masker">The secrets of the run.</param>
/// <param name="working">The folder that findings are relative to.</param>
/// <param name="repository">The top of the repository, which GitHub's paths are relative to; the working folder when null.</param>
internal sealed class Annotations(SecretMasker masker, string working, string? repository)
{
    internal const int MostOfAKind = 10;
    private const int LongestMessage = 4000;
    private const int LongestTitle = 200;
    private readonly Lock gate = new();
    private readonly Dictionary<FindingSeverity, int> given = [];

    /// <summary>The commands for a target that has ended: a line for each finding, or one for its failure.</summary>
    internal IReadOnlyList<string> Of(TargetRecord target)
    {
        var commands = new List<string>();
        var left = 0;
        lock (gate)
        {
            foreach (var finding in target.Findings.OrderBy(finding => finding.Severity))
            {
                if (Take(finding.Severity))
                    commands.Add(Of(finding));
                else
                    left++;
            }

            if (target.Outcome == TargetOutcome.Failed && !target.Findings.Any(finding => finding.Severity == FindingSeverity.Error) && Take(FindingSeverity.Error))
                commands.Add(WorkflowCommand.Annotate(FindingSeverity.Error, Cut(target.Reason, LongestMessage), Cut($"{target.Name} failed", LongestTitle)));
        }

        if (left > 0)
            commands.Add($"{left} further findings of {target.Name} are in the summary of the job: GitHub shows {MostOfAKind} of a kind for each step");
        return commands;
    }

    private string Of(Finding finding)
    {
        var title = string.Join(' ', new[] { finding.Tool, finding.Title }.Where(part => part.Length > 0));
        return WorkflowCommand.Annotate(
            finding.Severity, Cut(masker.Mask(finding.Message), LongestMessage), Cut(masker.Mask(title), LongestTitle), FileOf(finding) is { } file ? masker.Mask(file) : null, finding.Line, finding.Column);
    }

    private bool Take(FindingSeverity severity)
    {
        var count = given.GetValueOrDefault(severity);
        given[severity] = count + 1;
        return count < MostOfAKind;
    }

    // What is no file of the repository would point nowhere: such findings belong to the step.
    private string? FileOf(Finding finding)
    {
        if (finding.File.Length == 0 || finding.File.Contains('\0', StringComparison.Ordinal))
            return null;
        var file = Path.GetFullPath(finding.File, working);
        var relative = Path.GetRelativePath(string.IsNullOrEmpty(repository) ? working : repository, file);
        return File.Exists(file) && !Path.IsPathRooted(relative) && relative.Split(Path.DirectorySeparatorChar)[0] != ".." ? relative.Replace('\\', '/') : null;
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : $"{text[..longest]} …";
}
