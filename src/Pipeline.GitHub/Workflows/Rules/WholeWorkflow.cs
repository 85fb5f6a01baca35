using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>What is asked of a workflow as a whole.</summary>
internal static class WholeWorkflow
{
    public static IEnumerable<Objection> Check(YamlMappingNode workflow)
    {
        if (workflow.Find("permissions") is not YamlMappingNode { Children.Count: 0 })
            yield return new(workflow.Find("permissions") ?? workflow, "has no 'permissions: {}' at its top; give each job what it needs and no more");
        if (workflow.Trigger("pull_request_target") is { } trigger)
            yield return new(trigger, "pull_request_target runs a stranger's code with this repository's secrets; use pull_request");
        if (workflow.Find("jobs") is not YamlMappingNode { Children.Count: > 0 })
            yield return new(workflow, "has no jobs; declare one, or remove the file");
        foreach (var scalar in workflow.Scalars().Where(scalar => scalar.Value is "ACTIONS_ALLOW_UNSECURE_COMMANDS" or "ACTIONS_ALLOW_USE_UNSECURE_NODE_VERSION"))
            yield return new(scalar, $"{scalar.Value} lets output forge commands to the runner; remove it");
        if (workflow.Trigger("pull_request") is { } check && !Cancels(workflow))
            yield return new(check, "checks of pull requests go on for changes that are superseded; set concurrency with a group per github.ref and cancel-in-progress");
    }

    private static bool Cancels(YamlMappingNode workflow)
    {
        var places = workflow.Find("jobs").Entries().Select(job => job.Value.Find("concurrency")).ToArray();
        return IsCancelling(workflow.Find("concurrency")) || (places.Length > 0 && places.All(IsCancelling));
    }

    private static bool IsCancelling(YamlNode? concurrency) => concurrency.Find("cancel-in-progress").Text() is { } cancel && cancel != "false";
}
