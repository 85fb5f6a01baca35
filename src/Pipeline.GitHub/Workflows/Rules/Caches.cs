using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>
/// What is published is made of nothing that an earlier run, perhaps of a stranger's branch, could have left: https://docs.github.com/actions/reference/security/secure-use.
/// </summary>
internal static class Caches
{
    private const string May = "publishes, and a cache may hold what somebody else put there";

    // What others rely on afterwards: whoever may write these publishes.
    private static readonly string[] Publishing = ["attestations", "contents", "deployments", "id-token", "packages", "pages"];

    private static readonly string[] Restoring = ["actions/cache", "actions/cache/restore"];

    // These cache unless they are told not to.
    private static readonly (string Action, string Input)[] CachingUnasked = [("actions/setup-go", "cache"), ("actions/setup-node", "package-manager-cache")];

    public static IEnumerable<Objection> Check(string name, YamlNode job) => Publishes(job) ? job.Steps().SelectMany(step => OfStep(name, step)) : [];

    private static IEnumerable<Objection> OfStep(string name, YamlNode step)
    {
        if (step.Find("uses") is not { } uses)
            yield break;
        if (Restoring.Any(action => OneStep.Is(uses, action)))
            yield return new(uses, $"job {name} {May}; leave it away");
        foreach (var (_, input) in CachingUnasked.Where(each => OneStep.Is(uses, each.Action) && step.Input(each.Input).Text() is null))
            yield return new(uses, $"job {name} {May}, which this action does unasked; set {input}: false");
        foreach (var (input, _, value) in step.Find("with").Entries().Where(entry => Reads(uses, entry.Key, entry.Value)))
            yield return new(value, $"job {name} {May}; leave {input} away");
    }

    private static bool Reads(YamlNode uses, string input, YamlNode value)
    {
        if (Is(input, "cache-from"))
            return Mentions(value, "type=gha");
        if (Mentions(value, "cache-from=type=gha"))
            return true;
        var asks = Is(input, "cache") || CachingUnasked.Any(each => OneStep.Is(uses, each.Action) && Is(input, each.Input));
        return asks && uses.Text()?.StartsWith("actions/setup-", StringComparison.OrdinalIgnoreCase) == true && value.Text()?.ToUpperInvariant() is not ("FALSE" or "");
    }

    private static bool Is(string input, string name) => input.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static bool Mentions(YamlNode value, string text) => value.Text()?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Publishes(YamlNode job) =>
        job.Find("environment") is not null
        || job.Find("permissions").Text() == "write-all"
        || job.Find("permissions").Entries().Any(entry => entry.Value.Text() == "write" && Publishing.Contains(entry.Key));
}
