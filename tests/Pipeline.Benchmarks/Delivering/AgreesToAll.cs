using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Ports;

namespace Pipeline.Benchmarks.Delivering;

/// <summary>A person who has agreed before anybody asks: what is measured is the delivery.</summary>
internal sealed class AgreesToAll : IApprover
{
    public Task<Approval?> FindAsync(ApprovalQuestion question, CancellationToken cancellation) =>
        Task.FromResult<Approval?>(new("benchmark", ApprovalMeans.Reason, "measuring", DateTimeOffset.UnixEpoch));

    public async Task<Approval> AskAsync(ApprovalQuestion question, CancellationToken cancellation) => (await FindAsync(question, cancellation))!;
}
