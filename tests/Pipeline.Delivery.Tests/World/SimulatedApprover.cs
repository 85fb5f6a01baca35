using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Tests.World;

/// <summary>A person who answers what is asked, and may do something else meanwhile.</summary>
internal sealed class SimulatedApprover : IApprover
{
    public Approval? Known { get; init; }

    public bool SaysYes { get; init; } = true;

    public Queue<Func<Task>> Meanwhile { get; } = [];

    public List<ApprovalQuestion> Asked { get; } = [];

    public Task<Approval?> FindAsync(ApprovalQuestion question, CancellationToken cancellation) => Task.FromResult(Known);

    public async Task<Approval> AskAsync(ApprovalQuestion question, CancellationToken cancellation)
    {
        Asked.Add(question);
        if (Meanwhile.TryDequeue(out var doing))
            await doing();
        return SaysYes ? new("mia@laptop", ApprovalMeans.Prompt, null, DateTimeOffset.UnixEpoch) : throw new GateRefusedException("production: not approved");
    }
}
