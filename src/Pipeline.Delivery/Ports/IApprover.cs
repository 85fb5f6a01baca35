using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Gates;

namespace Pipeline.Delivery.Ports;

/// <summary>Knows who agreed to a deployment, or asks.</summary>
public interface IApprover
{
    /// <summary>The approval that is there already; null when a person must be asked.</summary>
    /// <exception cref="GateRefusedException">There is none, and nobody can be asked.</exception>
    Task<Approval?> FindAsync(ApprovalQuestion question, CancellationToken cancellation);

    /// <summary>Asks a person and waits for the answer. Nobody holds the environment's lock meanwhile.</summary>
    /// <exception cref="GateRefusedException">The answer is no.</exception>
    Task<Approval> AskAsync(ApprovalQuestion question, CancellationToken cancellation);
}
