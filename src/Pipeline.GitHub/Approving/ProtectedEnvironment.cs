using System.Globalization;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Gates;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;
using Approval = Pipeline.Delivery.Approvals.Approval;

namespace Pipeline.GitHub.Approving;

/// <summary>
/// An environment that GitHub protects: a job waits there for one of its reviewers, and who that was is read back. See
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
            var approved = (await access.Repository.Runs.ReadApprovalsAsync(run.Id, cancellation))
                .LastOrDefault(review => review.State == ReviewState.Approved && review.Environments.Any(environment => IsThis(environment.Name)));
            return approved is not null
                ? new($"{approved.User.Login}@github", ApprovalMeans.Protection, approved.Comment.Length > 0 ? approved.Comment : null, time.GetUtcNow())
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
