using System.Globalization;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Gates;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;
using Approval = Pipeline.Delivery.Approvals.Approval;

namespace Pipeline.GitHub.Approving;

/// <summary>
/// An environment that GitHub protects: a job waits there for one of its reviewers, and who approved the run is read back. See
/// https://docs.github.com/actions/managing-workflow-runs/reviewing-deployments.
/// </summary>
/// <param name="access">The repository.</param>
/// <param name="name">The environment's name in the repository's settings.</param>
/// <param name="time">The clock.</param>
public sealed class ProtectedEnvironment(GitHubAccess access, string name, TimeProvider time)
{
    private const string Reviewers = "required_reviewers";

    private string Settings => $"{access.Server.GetLeftPart(UriPartial.Authority)}/{access.Repository.Name}/settings/environments";

    /// <summary>Who approved the run that this is a part of.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="GateRefusedException">The environment asks nobody, nobody approved, or GitHub does not say; the message names the setting to change.</exception>
    public async Task<Approval> ReadApprovalAsync(ActionsRun run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        try
        {
            await RequireProtectionAsync(cancellation);
            var approvals = (await access.Repository.Runs.ReadApprovalsAsync(run.Id, cancellation))
                .Where(review => review.State == ReviewState.Approved && review.Environments.Any(environment => IsThis(environment.Name))).ToArray();
            return approvals.Length > 0
                ? new(Name(approvals), ApprovalMeans.Protection, Why(approvals, run), time.GetUtcNow())
                : throw new GateRefusedException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name}: nobody approved run {run.Id} there, although the environment asks for it (its protection was passed by, or the job names another environment); let the job name the environment {name}, and take 'Allow administrators to bypass' away in {Settings}"));
        }
        catch (GitHubException unread)
        {
            throw new GateRefusedException(
                $"{name}: who approved cannot be read: {unread.Message}; give the job 'actions: read' and its GITHUB_TOKEN, or pass --approve with the reason where the policy allows it");
        }
    }

    /// <summary>All who approved: GitHub promises no order, so none of several is the one who counts.</summary>
    private static string Name(IEnumerable<Rest.Approval> approvals) =>
        string.Join(" and ", approvals.Select(each => each.User is { } user ? $"{user.Login}@github" : "somebody whose account is gone").Distinct(StringComparer.Ordinal));

    /// <summary>What they wrote. GitHub keeps the approvals of all attempts of a run and does not say which is of which: that is said too, for whoever reads the record.</summary>
    private static string? Why(IEnumerable<Rest.Approval> approvals, ActionsRun run)
    {
        var comments = approvals.Select(each => each.Comment).Where(comment => comment.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (run.Attempt > 1)
            comments.Add(string.Create(CultureInfo.InvariantCulture, $"GitHub does not say in which of the run's {run.Attempt} attempts"));
        return comments.Count > 0 ? string.Join("; ", comments) : null;
    }

    private async Task RequireProtectionAsync(CancellationToken cancellation)
    {
        var environment = await access.Repository.Environments.FindAsync(name, cancellation)
            ?? throw new GateRefusedException($"{name}: {access.Name} has no environment of that name, or the token from {access.Token.Origin} may not see it; make it with required reviewers in {Settings}, and give the job 'actions: read'");
        if (environment.ProtectionRules?.Any(rule => rule.Type == Reviewers && rule.Reviewers is { Count: > 0 }) != true)
            throw new GateRefusedException($"{name}: the environment of {access.Name} asks nobody for approval; tick 'Required reviewers' and name who may approve in {Settings}");
    }

    // GitHub compares the names of environments without their case.
    private bool IsThis(string other) => string.Equals(other, name, StringComparison.OrdinalIgnoreCase);
}
