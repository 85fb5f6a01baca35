using Pipeline.GitHub.Workflows.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows;

/// <summary>
/// What is asked of every workflow, generated or written by hand: least privilege with reasons, actions that cannot move, nothing that others wrote in a script, nothing
/// that a laptop could not repeat. See https://docs.github.com/actions/reference/security/secure-use.
/// </summary>
public static class WorkflowRules
{
    /// <summary>The findings in the text of one workflow, by line.</summary>
    /// <param name="file">How findings name the file.</param>
    /// <param name="text">Its content.</param>
    public static IReadOnlyList<WorkflowFinding> Check(string file, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        YamlStream stream;
        try
        {
            stream = YamlText.Load(text);
        }
        catch (YamlException malformed)
        {
            return [new(file, (int)malformed.Start.Line, (int)malformed.Start.Column, $"is no YAML: {malformed.Message}; mend it there")];
        }
        if (stream.Documents is not [{ RootNode: YamlMappingNode workflow }])
            return [new(file, 1, 1, "is no mapping; a workflow has on, permissions and jobs")];
        return [.. Check(workflow, text.ReplaceLineEndings("\n").Split('\n'))
            .Select(objection => new WorkflowFinding(file, (int)objection.Where.Start.Line, (int)objection.Where.Start.Column, objection.Message))
            .Distinct().OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
    }

    private static IEnumerable<Objection> Check(YamlMappingNode workflow, string[] lines)
    {
        foreach (var objection in (IEnumerable<Objection>)[.. WholeWorkflow.Check(workflow), .. Artifacts.Check(workflow), .. SecretUse.Check(workflow)])
            yield return objection;
        foreach (var (name, key, job) in workflow.Find("jobs").Entries())
        {
            foreach (var objection in (IEnumerable<Objection>)[.. OneJob.Check(name, key, job, workflow, lines), .. Caches.Check(name, job)])
                yield return objection;
            foreach (var step in job.Steps().SelectMany(step => OneStep.Check(step, lines)))
                yield return step;
        }
    }
}
