using System.Globalization;
using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Runs that wait for approval: https://docs.github.com/rest/actions/workflow-runs.</summary>
public sealed class WorkflowRuns
{
    private readonly GitHubConnection connection;
    private readonly string path;

    internal WorkflowRuns(GitHubConnection connection, string repository) => (this.connection, path) = (connection, $"{repository}/actions/runs");

    /// <summary>What waits in a run.</summary>
    public Task<IReadOnlyList<PendingDeployment>> ReadPendingAsync(long run, CancellationToken cancellation) =>
        connection.ReadAsync<IReadOnlyList<PendingDeployment>>(Of(run, "pending_deployments"), cancellation);

    /// <summary>Approves what waits in a run. The token must be of somebody who may.</summary>
    /// <param name="run">The run.</param>
    /// <param name="environments">The numbers of the environments.</param>
    /// <param name="comment">Why, for the record.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task ApproveAsync(long run, IReadOnlyList<long> environments, string comment, CancellationToken cancellation) =>
        ReviewAsync(run, environments, ReviewState.Approved, comment, cancellation);

    /// <summary>Refuses what waits in a run, which fails then.</summary>
    /// <param name="run">The run.</param>
    /// <param name="environments">The numbers of the environments.</param>
    /// <param name="comment">Why, for the record.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task RejectAsync(long run, IReadOnlyList<long> environments, string comment, CancellationToken cancellation) =>
        ReviewAsync(run, environments, ReviewState.Rejected, comment, cancellation);

    /// <summary>Who approved or refused what in a run.</summary>
    public Task<IReadOnlyList<Approval>> ReadApprovalsAsync(long run, CancellationToken cancellation) =>
        connection.ReadAsync<IReadOnlyList<Approval>>(Of(run, "approvals"), cancellation);

    private Task ReviewAsync(long run, IReadOnlyList<long> environments, ReviewState state, string comment, CancellationToken cancellation) =>
        connection.SendAsync(HttpMethod.Post, Of(run, "pending_deployments"), new { EnvironmentIds = environments, State = state, Comment = comment }, Repeating.WouldDouble, cancellation);

    private string Of(long run, string what) => string.Create(CultureInfo.InvariantCulture, $"{path}/{run}/{what}");
}
