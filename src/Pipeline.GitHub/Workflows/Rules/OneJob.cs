using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>What is asked of a job.</summary>
internal static class OneJob
{
    public static IEnumerable<Objection> Check(string name, YamlNode key, YamlNode job, YamlNode workflow, string[] lines) =>
        [.. CheckPermissions(name, key, job, lines), .. CheckTime(name, key, job), .. CheckEnvironment(name, job, workflow), .. CheckCall(job, lines)];

    private static IEnumerable<Objection> CheckPermissions(string name, YamlNode key, YamlNode job, string[] lines)
    {
        if (job.Find("permissions") is not { } permissions)
        {
            yield return new(key, $"job {name} does not say what its token may do; write permissions, with {{}} for nothing");
            yield break;
        }
        if (permissions is not YamlMappingNode)
            yield return new(permissions, $"job {name} asks for '{permissions.Text()}'; name each permission that it needs, with the reason as a comment");
        foreach (var (scope, node, _) in permissions.Entries().Where(entry => entry.Value.Text() != "none" && LineComment.Of(lines, entry.Value).Length == 0))
            yield return new(node, $"job {name} has permission {scope} without a reason; write it as a comment beside it");
    }

    private static IEnumerable<Objection> CheckTime(string name, YamlNode key, YamlNode job)
    {
        // A job that calls a workflow takes the times of that one's jobs.
        if (job.Find("uses") is not null)
            yield break;
        if (job.Find("timeout-minutes") is not { } timeout)
            yield return new(key, $"job {name} has no timeout-minutes; a hanging run would last six hours");
        else if (!int.TryParse(timeout.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes is < 1 or > 360)
            yield return new(timeout, $"job {name} has timeout-minutes '{timeout.Text()}'; write a number from 1 to 360");
    }

    private static IEnumerable<Objection> CheckEnvironment(string name, YamlNode job, YamlNode workflow)
    {
        if (job.Find("environment") is not { } environment)
            yield break;
        if (environment.Find("url") is null && environment.Find("deployment").Text() != "false")
            yield return new(environment, $"job {name} deploys to an environment without url; write one, so that people find what was deployed, or deployment: false where GitHub shall record none");
        var concurrency = job.Find("concurrency");
        if (concurrency is null && workflow.Find("concurrency") is null)
            yield return new(environment, $"job {name} deploys and may run beside another deployment; set concurrency with a group of its own and cancel-in-progress: false");
        foreach (var each in new[] { concurrency, workflow.Find("concurrency") })
        {
            if (each.Find("cancel-in-progress") is { } cancel && cancel.Text() != "false")
                yield return new(cancel, $"job {name} deploys, and a deployment that is cancelled midway leaves work for the next one; set cancel-in-progress: false");
        }
    }

    private static IEnumerable<Objection> CheckCall(YamlNode job, string[] lines)
    {
        if (job.Find("uses") is { } call)
        {
            foreach (var objection in Pinning.Check(call, lines))
                yield return objection;
        }
    }
}
