using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Approvals;

/// <summary>Looks, after the checklist and before anything changes, whether somebody agreed.</summary>
internal sealed class ApprovalCheck(EnvironmentPorts ports, ILedger ledger)
{
    /// <returns>The approval; or the question that a person must answer first; or neither where none is needed.</returns>
    public async Task<(Approval? Approval, ApprovalQuestion? Open)> FindAsync(
        DeploymentRequest request, IReadOnlyList<GateVerdict> verdicts, Answer? answer, CancellationToken cancellation)
    {
        if (!ports.Environment.Approval.IsNeeded)
            return (null, null);
        var present = (await ledger.ReadReleasesAsync(ports.Environment.Name, cancellation)).Current?.Release;
        var pending = (await ports.Migrator.ObserveAsync(request.Release, cancellation)).Pending;
        var question = new ApprovalQuestion(request, present, pending, verdicts);
        if (answer is not null && question.IsThatOf(answer.Question))
            return (answer.Approval, null);
        return await ports.Approver.FindAsync(question, cancellation) is { } approval ? (approval, null) : (null, question);
    }

    /// <summary>What a person said to a question.</summary>
    internal sealed record Answer(ApprovalQuestion Question, Approval Approval);
}
