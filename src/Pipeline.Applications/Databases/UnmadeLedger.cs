using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.Databases;

/// <summary>The ledger of a clone that has none yet: it knows nothing, and takes nothing.</summary>
internal sealed class UnmadeLedger : ILedger
{
    public Task<DeploymentRecord?> FindUnfinishedAsync(string environment, CancellationToken cancellation) => Task.FromResult<DeploymentRecord?>(null);

    public Task<IReadOnlyList<DeploymentRecord>> ReadHistoryAsync(string environment, int atMost, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<DeploymentRecord>>([]);

    public Task<ReleaseHistory> ReadReleasesAsync(string environment, CancellationToken cancellation) => Task.FromResult(new ReleaseHistory([]));

    public Task<Release?> FindReleaseAsync(string digestOrVersion, CancellationToken cancellation) => Task.FromResult<Release?>(null);

    public Task<IReadOnlyList<Rehearsal>> ReadRehearsalsAsync(Digest digest, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Rehearsal>>([]);

    public Task<DeploymentRecord> BeginAsync(DeploymentRequest request, Colour colour, FencingToken token, CancellationToken cancellation) => throw Refusal;

    public Task RecordStepsAsync(long deployment, IReadOnlyList<StepRecord> steps, FencingToken token, CancellationToken cancellation) => throw Refusal;

    public Task RecordGatesAsync(long deployment, IReadOnlyList<GateVerdict> verdicts, FencingToken token, CancellationToken cancellation) => throw Refusal;

    public Task RecordApprovalAsync(long deployment, Approval approval, FencingToken token, CancellationToken cancellation) => throw Refusal;

    public Task FinishAsync(long deployment, DeploymentOutcome outcome, string? detail, FencingToken token, CancellationToken cancellation) => throw Refusal;

    public Task RecordRehearsalAsync(Release release, Rehearsal rehearsal, CancellationToken cancellation) => throw Refusal;

    private static InvalidOperationException Refusal => new("there is no ledger yet; open it with LedgerHouse.ReadAsync, which makes one");
}
