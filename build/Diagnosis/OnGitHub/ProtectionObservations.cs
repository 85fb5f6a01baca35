using System.IO.Enumeration;
using Build.Workflows;
using Pipeline.GitHub.Rest;

namespace Build.Diagnosis.OnGitHub;

/// <summary>What is seen of an environment's protection on GitHub: who is asked, and which branches come there.</summary>
/// <param name="name">Its name.</param>
/// <param name="asksSomebody">Whether its jobs shall wait for a person.</param>
/// <param name="isGuarded">Whether only the branch that deploys may come there.</param>
/// <param name="page">Where people change it.</param>
public sealed class ProtectionObservations(string name, bool asksSomebody, bool isGuarded, string page)
{
    private string Subject => $"environment {name}";

    public Observation Absent() => new(Subject, Sound: false, $"is not there, and GitHub would make it without protection when a job first names it; make it in {page}");

    public IEnumerable<Observation> Reviewers(DeploymentEnvironment environment)
    {
        var asked = environment.ProtectionRules?.FirstOrDefault(rule => rule is { Type: "required_reviewers", Reviewers.Count: > 0 });
        if (asksSomebody && asked is null)
            yield return new(Subject, Sound: false, $"asks nobody for approval; tick 'Required reviewers' and name who may approve in {page}");
        else if (!asksSomebody && asked is not null)
            yield return Observation.Remark(Subject, $"waits for {Names(asked)}, although its jobs need nobody's approval; take 'Required reviewers' away in {page} unless that is meant");
        else
            yield return new(Subject, Sound: true, asked is null ? "is there, and asks nobody" : $"is there, and asks {Names(asked)}");
        if (asked is { PreventSelfReview: false })
            yield return Observation.Remark(Subject, $"lets those who start a run approve it themselves; tick 'Prevent self-review' in {page} where two should agree");
    }

    /// <summary>Which branches come there, where all do or all that are protected.</summary>
    public Observation Branches(DeploymentBranchPolicy? policy) => policy switch
    {
        null when isGuarded => new(Subject, Sound: false, $"lets every branch deploy and read its secrets; choose 'Selected branches and tags' and add {ShopEnvironments.Branch} in {page}"),
        null => Observation.Remark(Subject, "lets every branch deploy and read its secrets"),
        _ => new(Subject, Sound: true, "lets protected branches deploy"),
    };

    /// <summary>Which branches come there, where the environment lists them.</summary>
    public Observation Branches(IReadOnlyList<BranchPattern> patterns)
    {
        var listed = patterns.Count == 0 ? "nothing" : string.Join(", ", patterns.Select(pattern => IsOfBranches(pattern) ? pattern.Name : $"{pattern.Type} {pattern.Name}"));
        if (!patterns.Any(pattern => IsOfBranches(pattern) && Takes(pattern.Name)))
            return new(Subject, Sound: false, $"lets {listed} deploy, and not {ShopEnvironments.Branch}, whose jobs then fail; add it in {page}");
        return isGuarded && patterns.Any(pattern => pattern.Name != ShopEnvironments.Branch)
            ? Observation.Remark(Subject, $"lets {listed} deploy and read its secrets; only {ShopEnvironments.Branch} needs to")
            : new(Subject, Sound: true, $"lets {listed} deploy");
    }

    /// <summary>What GitHub did not tell.</summary>
    public Observation Unread(string what, string said) => Observation.Unknown(Subject, $"{what} cannot be read: {said}");

    private static bool IsOfBranches(BranchPattern pattern) => pattern.Type is null or "branch";

    // Ruby's fnmatch, of which sets and alternatives are left to GitHub.
    private static bool Takes(string pattern) => pattern.AsSpan().ContainsAny("[{\\") || FileSystemName.MatchesSimpleExpression(pattern, ShopEnvironments.Branch, ignoreCase: false);

    private static string Names(ProtectionRule rule) => string.Join(", ", rule.Reviewers!.Select(reviewer => reviewer.Identity.Login ?? reviewer.Identity.Slug ?? reviewer.Type));
}
