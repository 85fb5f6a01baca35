using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Build.Linting;

/// <summary>
/// Holds workflows against what this repository asks of them: least privilege, actions pinned to full commit ids, no credentials left behind, every step
/// through build.sh. See https://docs.github.com/actions/reference/security/secure-use.
/// </summary>
public static partial class WorkflowLint
{
    /// <summary>The findings in all workflows, by file and line.</summary>
    public static IEnumerable<string> Check(string root)
    {
        var folder = Path.Combine(root, ".github", "workflows");
        if (!Directory.Exists(folder))
            return [];
        return Directory.EnumerateFiles(folder, "*.y*ml").Order(StringComparer.Ordinal)
            .SelectMany(file => CheckText(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)));
    }

    /// <summary>The findings in one workflow.</summary>
    public static IReadOnlyList<string> CheckText(string name, string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException malformed)
        {
            return [$"{name}:{malformed.Start.Line}: is no YAML: {malformed.Message}"];
        }
        if (stream.Documents is not [{ RootNode: YamlMappingNode workflow }])
            return [$"{name}:1: is no mapping; a workflow has on, permissions and jobs"];
        return [.. CheckWorkflow(workflow).Select(finding => $"{name}:{finding.Line}: {finding.Message}")];
    }

    private static IEnumerable<(long Line, string Message)> CheckWorkflow(YamlMappingNode workflow)
    {
        if (Find(workflow, "permissions") is not YamlMappingNode { Children.Count: 0 })
            yield return (workflow.Start.Line, "has no 'permissions: {}' at its top; give each job what it needs and no more");
        if (Find(workflow, "on") is { } trigger && Mentions(trigger, "pull_request_target"))
            yield return (trigger.Start.Line, "pull_request_target runs a stranger's code with this repository's secrets; use pull_request");
        if (Find(workflow, "jobs") is not YamlMappingNode jobs)
        {
            yield return (workflow.Start.Line, "has no jobs");
            yield break;
        }
        foreach (var (name, job) in jobs.Children.Where(job => job.Value is YamlMappingNode).Select(job => ($"{job.Key}", (YamlMappingNode)job.Value)))
        {
            if (Find(job, "timeout-minutes") is null)
                yield return (job.Start.Line, $"job {name} has no timeout-minutes; a hanging run would last six hours");
            if (Find(job, "steps") is YamlSequenceNode steps)
            {
                foreach (var finding in steps.Children.OfType<YamlMappingNode>().SelectMany(CheckStep))
                    yield return finding;
            }
        }
    }

    private static IEnumerable<(long Line, string Message)> CheckStep(YamlMappingNode step)
    {
        if (Find(step, "uses") is YamlScalarNode { Value: { } uses } action && !uses.StartsWith("./", StringComparison.Ordinal))
        {
            if (!PinnedAction().IsMatch(uses))
                yield return (action.Start.Line, $"'{uses}' is not pinned to a full commit id; a tag can be moved");
            if (uses.StartsWith("actions/checkout@", StringComparison.Ordinal) && !$"{Find(step, "with")}".Contains("persist-credentials, false", StringComparison.Ordinal))
                yield return (action.Start.Line, "checkout leaves its token in the clone; set persist-credentials: false");
        }
        if (Find(step, "run") is YamlScalarNode { Value: { } run } script)
        {
            if (run.Contains("${{", StringComparison.Ordinal))
                yield return (script.Start.Line, "an expression in a script runs whatever somebody wrote into it; hand it over through env");
            if (!run.StartsWith("./build.sh ", StringComparison.Ordinal))
                yield return (script.Start.Line, "a step that is no ./build.sh cannot be repeated on a laptop; make it a target");
        }
    }

    private static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;

    private static bool Mentions(YamlNode node, string word) => node.AllNodes.OfType<YamlScalarNode>().Any(scalar => scalar.Value == word);

    [GeneratedRegex("^[^@]+@[0-9a-f]{40}$")]
    private static partial Regex PinnedAction();
}
