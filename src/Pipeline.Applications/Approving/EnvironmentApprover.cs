using Pipeline.Applications.Delivering;
using Pipeline.Applications.Telling;
using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.GitHub.Approving;

namespace Pipeline.Applications.Approving;

/// <summary>
/// Who agrees to a deployment: whoever gave a reason beforehand, the person at the terminal, nobody where the environment serves nobody else, or whoever GitHub's
/// protection asked; in this order.
/// </summary>
/// <param name="servesNobodyElse">Whether the environment lives wholly here, and no job on GitHub was told to deploy there.</param>
/// <param name="reason">What was said beforehand; null for nothing.</param>
/// <param name="ask">Asks the person at the terminal; null where nobody sits.</param>
/// <param name="github">Where the environment may be protected.</param>
/// <param name="time">The clock.</param>
internal sealed class EnvironmentApprover(
    bool servesNobodyElse, string? reason, Func<string, CancellationToken, Task<string?>>? ask, GitHubHouse github, TimeProvider time) : IApprover
{
    public async Task<Approval?> FindAsync(ApprovalQuestion question, CancellationToken cancellation)
    {
        var environment = question.Request.Environment;
        if (reason is not null)
            return environment.Approval.AllowsReason
                ? new(Actor.Present, ApprovalMeans.Reason, reason, time.GetUtcNow())
                : throw new GateRefusedException($"{environment.Name}: its policy takes no approval beforehand, as --approve '{reason}' is; run at a terminal, or where GitHub protects the environment");
        if (ask is not null)
            return null;
        if (servesNobodyElse && environment.Approval.AllowsOwnMachine)
            return new(Actor.Present, ApprovalMeans.Policy, "the environment lives wholly on this machine and serves nobody elsewhere", time.GetUtcNow());
        var search = await github.FindAsync(cancellation);
        if (search.Access is { Run: { } run } access)
            return await new ProtectedEnvironment(access, environment.Name, time).ReadApprovalAsync(run, cancellation);
        throw new GateRefusedException(
            $"{environment.Name}: a deployment of {question.Request.Release.Version} ({question.Request.Release.Digest.Abbreviated}) there needs an approval, and nobody is at a terminal; "
            + (environment.Approval.AllowsReason ? "run it at one, pass --approve with the reason, " : "run it at one, ")
            + $"or run it in a job on GitHub whose environment {environment.Name} has required reviewers"
            + (search.Access is null ? $" (no GitHub is at hand: {search.Reason})" : ""));
    }

    public async Task<Approval> AskAsync(ApprovalQuestion question, CancellationToken cancellation)
    {
        var name = question.Request.Environment.Name;
        var answer = await ask!($"\n{string.Join('\n', question.Describe())}\n\nType the environment's name to approve it: ", cancellation);
        if (answer is null)
            throw new GateRefusedException($"{name}: not approved: the terminal was closed; nothing was changed");
        return answer.Trim() == name
            ? new(Actor.Present, ApprovalMeans.Prompt, question.Request.Reason, time.GetUtcNow())
            : throw new GateRefusedException($"{name}: not approved: '{answer.Trim()}' was typed where '{name}' approves it; nothing was changed");
    }
}
