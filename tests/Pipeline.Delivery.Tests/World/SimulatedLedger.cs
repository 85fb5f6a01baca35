using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests.World;

internal sealed class SimulatedLedger(SimulatedWorld world) : ILedger
{
    private readonly List<Rehearsal> rehearsals = [];

    public List<DeploymentRecord> Deployments { get; } = [];

    public List<GateVerdict> Verdicts { get; } = [];

    public async Task<DeploymentRecord> BeginAsync(DeploymentRequest request, Colour colour, FencingToken token, CancellationToken cancellation)
    {
        var record = new DeploymentRecord(
            Deployments.Count + 1, request.Environment.Name, request.Release, colour, request.Kind, request.By, request.Reason,
            DateTimeOffset.UnixEpoch.AddMinutes(Deployments.Count), null, null, null, []);
        await world.EffectAsync(() => Deployments.Add(record));
        return record;
    }

    public Task RecordStepsAsync(long deployment, IReadOnlyList<StepRecord> steps, FencingToken token, CancellationToken cancellation) =>
        world.EffectAsync(() => Change(deployment, record => record with { Steps = [.. record.Steps, .. steps] }));

    public Task RecordGatesAsync(long deployment, IReadOnlyList<GateVerdict> verdicts, FencingToken token, CancellationToken cancellation) =>
        world.EffectAsync(() => Verdicts.AddRange(verdicts));

    public Task RecordApprovalAsync(long deployment, Approval approval, FencingToken token, CancellationToken cancellation) =>
        world.EffectAsync(() => Change(deployment, record => record with { Approval = approval }));

    public Task FinishAsync(long deployment, DeploymentOutcome outcome, string? detail, FencingToken token, CancellationToken cancellation) =>
        world.EffectAsync(() => Change(deployment, record =>
        {
            Assert.Null(record.Outcome);
            return record with { Outcome = outcome, Detail = detail, FinishedAt = DateTimeOffset.UnixEpoch };
        }));

    public Task<DeploymentRecord?> FindUnfinishedAsync(string environment, CancellationToken cancellation) =>
        Task.FromResult(Deployments.SingleOrDefault(record => record.Outcome is null));

    public Task<IReadOnlyList<DeploymentRecord>> ReadHistoryAsync(string environment, int atMost, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<DeploymentRecord>>([.. Enumerable.Reverse(Deployments).Take(atMost)]);

    public Task<ReleaseHistory> ReadReleasesAsync(string environment, CancellationToken cancellation) =>
        Task.FromResult(new ReleaseHistory(Enumerable.Reverse(Deployments).Where(record => record.Outcome == DeploymentOutcome.Succeeded).Select(record => record with { Steps = [] })));

    public Task<Release?> FindReleaseAsync(string digestOrVersion, CancellationToken cancellation) =>
        Task.FromResult(Deployments.Select(record => record.Release).FirstOrDefault(release => release.Version == digestOrVersion));

    public Task RecordRehearsalAsync(Release release, Rehearsal rehearsal, CancellationToken cancellation)
    {
        rehearsals.Insert(0, rehearsal);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Rehearsal>> ReadRehearsalsAsync(Digest digest, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Rehearsal>>([.. rehearsals.Where(rehearsal => rehearsal.Digest == digest)]);

    private void Change(long deployment, Func<DeploymentRecord, DeploymentRecord> change)
    {
        var index = Deployments.FindIndex(record => record.Id == deployment);
        Deployments[index] = change(Deployments[index]);
    }
}
