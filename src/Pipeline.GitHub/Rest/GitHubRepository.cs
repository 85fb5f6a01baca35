using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>
/// A repository on GitHub through its REST interface: https://docs.github.com/rest. Every call throws <see cref="GitHubException"/> when GitHub refuses it or cannot be
/// reached. What has failed is tried again where that cannot do anything twice; GitHub's limits are waited for within bounds; what has not changed is not read twice.
/// </summary>
public sealed class GitHubRepository
{
    /// <summary>Speaks to GitHub about a repository.</summary>
    /// <param name="name">The repository.</param>
    /// <param name="token">Who speaks.</param>
    /// <param name="options">How; GitHub's own interface where nothing else is said.</param>
    /// <param name="http">Sends the requests. Its own timeout must be longer than that of the options.</param>
    /// <param name="time">The clock.</param>
    public GitHubRepository(RepositoryName name, IGitHubToken token, GitHubOptions options, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(time);
        var connection = new GitHubConnection(http, options, token, time);
        var path = $"repos/{Uri.EscapeDataString(name.Owner)}/{Uri.EscapeDataString(name.Name)}";
        Name = name;
        Deployments = new(connection, path);
        Environments = new(connection, path);
        Settings = new(connection, path);
        Runs = new(connection, path);
        Checks = new(connection, path);
        Comments = new(connection, path);
        Releases = new(connection, path);
        Artifacts = new(connection, path);
        Attestations = new(connection, path);
    }

    /// <summary>Which repository it is.</summary>
    public RepositoryName Name { get; }

    /// <summary>Deployments and their statuses.</summary>
    public Deployments Deployments { get; }

    /// <summary>Environments and their protection.</summary>
    public Environments Environments { get; }

    /// <summary>What the settings say about Actions: secrets, variables and permissions.</summary>
    public ActionsSettings Settings { get; }

    /// <summary>Runs that wait for approval, and who approved them.</summary>
    public WorkflowRuns Runs { get; }

    /// <summary>Check runs with their annotations.</summary>
    public CheckRuns Checks { get; }

    /// <summary>Comments on issues and pull requests.</summary>
    public IssueComments Comments { get; }

    /// <summary>Releases.</summary>
    public Releases Releases { get; }

    /// <summary>Artifacts of runs.</summary>
    public RunArtifacts Artifacts { get; }

    /// <summary>Attestations of artifacts.</summary>
    public Attestations Attestations { get; }
}
