using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Approvals;

/// <summary>Where a build program says nothing of approvals, an environment that needs them gets no deployment.</summary>
internal sealed class NobodyToAsk : IApprover
{
    public Task<Approval?> FindAsync(ApprovalQuestion question, CancellationToken cancellation) => throw Refused(question);

    public Task<Approval> AskAsync(ApprovalQuestion question, CancellationToken cancellation) => throw Refused(question);

    private static GateRefusedException Refused(ApprovalQuestion question) =>
        new($"{question.Request.Environment.Name}: a deployment there needs an approval, and this build program knows nobody to ask; give its EnvironmentPorts an Approver");
}
