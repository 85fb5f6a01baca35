using Pipeline.GitHub.Rest;

namespace Build.Diagnosis.OnGitHub;

/// <summary>What is seen of what workflows and their tokens may do.</summary>
/// <param name="page">Where people change it.</param>
public sealed class PermissionObservations(string page)
{
    private const string Subject = "Actions";

    public Observation Workflows(ActionsPermissions permissions) => permissions switch
    {
        { Enabled: false } => new(Subject, Sound: false, $"no workflow runs in this repository; allow them in {page}"),
        { AllowedActions: "local_only" } => new(Subject, Sound: false, $"workflows may use no actions from elsewhere, and ours check out with GitHub's own; allow those in {page}"),
        { AllowedActions: "all" } => Observation.Remark(Subject, $"workflows may use anybody's actions; ours need GitHub's own alone, which {page} can say"),
        _ => new(Subject, Sound: true, "workflows may use selected actions"),
    };

    public IEnumerable<Observation> Tokens(DefaultPermissions permissions)
    {
        yield return permissions.DefaultWorkflowPermissions == "read"
            ? new(Subject, Sound: true, "a token may only read where its job says nothing else")
            : Observation.Remark(Subject, $"a token may write where its job says nothing else; our jobs say what they need, so choose 'Read repository contents' in {page}");
        if (permissions.CanApprovePullRequestReviews)
            yield return Observation.Remark(Subject, $"jobs may approve pull requests, which ours never do; take it away in {page}");
    }

    public Observation Unread(string what, string said) => Observation.Unknown(Subject, $"{what} cannot be read: {said}");
}
