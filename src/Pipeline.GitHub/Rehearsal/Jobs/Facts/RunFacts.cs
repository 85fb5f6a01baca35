using System.Globalization;
using Pipeline.GitHub.Rehearsal.Expressions.Values;
using Pipeline.GitHub.Rehearsal.Reading;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Rehearsal.Jobs.Facts;

/// <summary>What is the same for all jobs of a run.</summary>
internal sealed record RunFacts
{
    /// <summary>Where the remote <c>origin</c> of a checkout points.</summary>
    internal const string Remote = "https://github.com";

    internal required WorkflowSource Workflow { get; init; }

    internal required RepositoryName Repository { get; init; }

    /// <summary>Where checkouts come from: a bare clone, made when the rehearsal began.</summary>
    internal required string Origin { get; init; }

    internal required string Commit { get; init; }

    /// <summary>The whole name of the branch, or of the pull request.</summary>
    internal required string Ref { get; init; }

    internal required long RunId { get; init; }

    internal required int Attempt { get; init; }

    internal required string Event { get; init; }

    /// <summary>The event as GitHub sends it, in JSON.</summary>
    internal required string EventJson { get; init; }

    internal required IReadOnlyDictionary<string, Value> Inputs { get; init; }

    internal required string Actor { get; init; }

    internal required Uri Api { get; init; }

    /// <summary>
    /// Another GitHub than the real one, and another one in each rehearsal: a ledger that keeps which GitHub was told what must not take the one for the other.
    /// </summary>
    internal string Server => Api.ToString().TrimEnd('/');

    internal bool IsPullRequest => Event == "pull_request";

    internal string RefName => Ref.Split('/', 3)[^1];

    internal string HeadRef => IsPullRequest ? "rehearsal" : "";

    internal string BaseRef => IsPullRequest ? "main" : "";

    /// <summary>The variables that every step finds: https://docs.github.com/actions/reference/workflows-and-actions/variables.</summary>
    internal IEnumerable<(string Name, string Value)> Variables =>
    [
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_ACTOR", Actor),
        ("GITHUB_ACTOR_ID", "1"),
        ("GITHUB_API_URL", Api.ToString().TrimEnd('/')),
        ("GITHUB_BASE_REF", BaseRef),
        ("GITHUB_EVENT_NAME", Event),
        ("GITHUB_GRAPHQL_URL", $"{Api}graphql"),
        ("GITHUB_HEAD_REF", HeadRef),
        ("GITHUB_REF", Ref),
        ("GITHUB_REF_NAME", RefName),
        ("GITHUB_REF_PROTECTED", "false"),
        ("GITHUB_REF_TYPE", "branch"),
        ("GITHUB_REPOSITORY", $"{Repository}"),
        ("GITHUB_REPOSITORY_ID", "1"),
        ("GITHUB_REPOSITORY_OWNER", Repository.Owner),
        ("GITHUB_REPOSITORY_OWNER_ID", "1"),
        ("GITHUB_RETENTION_DAYS", "90"),
        ("GITHUB_RUN_ATTEMPT", Attempt.ToString(CultureInfo.InvariantCulture)),
        ("GITHUB_RUN_ID", RunId.ToString(CultureInfo.InvariantCulture)),
        ("GITHUB_RUN_NUMBER", "1"),
        ("GITHUB_SERVER_URL", Server),
        ("GITHUB_SHA", Commit),
        ("GITHUB_TRIGGERING_ACTOR", Actor),
        ("GITHUB_WORKFLOW", Workflow.Name),
        ("GITHUB_WORKFLOW_REF", $"{Repository}/{Workflow.File}@{Ref}"),
        ("GITHUB_WORKFLOW_SHA", Commit),
    ];
}
