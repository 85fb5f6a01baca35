using System.Globalization;
using Pipeline.GitHub.Workflows.Checking;
using Pipeline.GitHub.Workflows.Writing;

namespace Pipeline.GitHub.Workflows;

/// <summary>Workflows as the files that GitHub reads.</summary>
public static class WorkflowText
{
    /// <summary>
    /// The text of a workflow. The same workflow yields the same bytes, and what is written keeps all <see cref="WorkflowRules"/>.
    /// </summary>
    /// <param name="workflow">What is declared.</param>
    /// <param name="origin">The comment at the top: where the file comes from, and how it is made anew.</param>
    /// <exception cref="InvalidWorkflowException">GitHub or our rules would refuse it; all faults are listed.</exception>
    public static string Write(Workflow workflow, string origin)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentException.ThrowIfNullOrWhiteSpace(origin);
        var faults = WorkflowFaults.Find(workflow);
        if (!Names.IsOneLine(origin))
            faults = ["the origin is not on one line", .. faults];
        if (faults.Count > 0)
            throw new InvalidWorkflowException(workflow.File, faults);
        using var writer = new WorkflowWriter(workflow, origin);
        var text = WithAir(writer.Write());
        return WorkflowRules.Check(workflow.File, text) is { Count: > 0 } findings
            ? throw new InvalidWorkflowException(workflow.File, [.. findings.Select(finding => string.Create(CultureInfo.InvariantCulture, $"line {finding.Line}: {finding.Message}"))])
            : text;
    }

    // The emitter leaves no lines free. Texts of several lines are indented deeper than any line that begins a part.
    private static string WithAir(string text)
    {
        var lines = text.Split('\n');
        List<string> aired = [];
        var inJobs = false;
        foreach (var line in lines)
        {
            var isTop = line.Length > 0 && line[0] is not (' ' or '#');
            var isJob = inJobs && line.Length > 2 && line[..2] == "  " && line[2] != ' ';
            var begins = isTop || (isJob && aired[^1] != "jobs:");
            var followsRemark = aired.Count > 0 && aired[^1].TrimStart().StartsWith('#') && isJob;
            if (begins && aired.Count > 0 && !followsRemark && !aired[^1].StartsWith('#'))
                aired.Add("");
            inJobs = isTop ? line == "jobs:" : inJobs;
            aired.Add(line);
        }
        return string.Join('\n', aired);
    }
}
