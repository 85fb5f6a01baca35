using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>
/// What is published is made of nothing that an earlier run, perhaps of a stranger's branch, could have left: https://docs.github.com/actions/reference/security/secure-use.
/// </summary>
internal static class Caches
{
    // What others rely on afterwards: whoever may write these publishes.
    private static readonly string[] Publishing = ["attestations", "contents", "deployments", "id-token", "packages", "pages"];

    public static IEnumerable<Objection> Check(string name, YamlNode job)
    {
        if (!Publishes(job))
            yield break;
        foreach (var uses in job.Steps().Select(step => (Step: step, Uses: step.Find("uses"))).Where(step => step.Uses is not null))
        {
            var action = uses.Uses.Text()!.Split('@')[0];
            var with = uses.Step.Find("with");
            if (action is "actions/cache" or "actions/cache/restore")
                yield return new(uses.Uses!, $"job {name} publishes, and a cache may hold what somebody else put there; leave it away");
            else if (action.StartsWith("actions/setup-", StringComparison.OrdinalIgnoreCase) && with.Find("cache") is { } cache && cache.Text() is not ("false" or ""))
                yield return new(cache, $"job {name} publishes, and a cache may hold what somebody else put there; leave it away");
        }
    }

    private static bool Publishes(YamlNode job) =>
        job.Find("environment") is not null
        || job.Find("permissions").Text() == "write-all"
        || job.Find("permissions").Entries().Any(entry => entry.Value.Text() == "write" && Publishing.Contains(entry.Key));
}
