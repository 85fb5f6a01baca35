using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Ports;

/// <summary>The lasting record of releases and deployments. History is only ever added to. Every writer carries the token of the lock that it holds.</summary>
public interface ILedger
{
    /// <summary>Records a deployment as begun (and its release, when it is new) and returns it with its number.</summary>
    Task<DeploymentRecord> BeginAsync(DeploymentRequest request, Colour colour, FencingToken token, CancellationToken cancellation);

    /// <summary>Adds moments of steps to an unfinished deployment, in their order: all of them or none.</summary>
    Task RecordStepsAsync(long deployment, IReadOnlyList<StepRecord> steps, FencingToken token, CancellationToken cancellation);

    /// <summary>Adds the verdicts of the gates to a deployment.</summary>
    Task RecordGatesAsync(long deployment, IReadOnlyList<GateVerdict> verdicts, FencingToken token, CancellationToken cancellation);

    /// <summary>Adds to a deployment who agreed to it.</summary>
    Task RecordApprovalAsync(long deployment, Approval approval, FencingToken token, CancellationToken cancellation);

    /// <summary>Records how a deployment ended.</summary>
    Task FinishAsync(long deployment, DeploymentOutcome outcome, string? detail, FencingToken token, CancellationToken cancellation);

    /// <summary>The deployment to the environment that never ended; null when there is none.</summary>
    Task<DeploymentRecord?> FindUnfinishedAsync(string environment, CancellationToken cancellation);

    /// <summary>Deployments to the environment, newest first.</summary>
    Task<IReadOnlyList<DeploymentRecord>> ReadHistoryAsync(string environment, int atMost, CancellationToken cancellation);

    /// <summary>What served the environment: its successful deployments, read without their steps, which nobody asks for who only wants to know what to return to.</summary>
    Task<ReleaseHistory> ReadReleasesAsync(string environment, CancellationToken cancellation);

    /// <summary>A release by digest, by an unambiguous beginning of its digest (with or without <c>sha256:</c>), or by version; null when unknown.</summary>
    /// <exception cref="DeliveryException">The text fits several releases; the message lists them.</exception>
    Task<Release?> FindReleaseAsync(string digestOrVersion, CancellationToken cancellation);

    /// <summary>Attaches evidence to a release (recording the release when it is new).</summary>
    Task RecordRehearsalAsync(Release release, Rehearsal rehearsal, CancellationToken cancellation);

    /// <summary>The evidence on a release, newest first.</summary>
    Task<IReadOnlyList<Rehearsal>> ReadRehearsalsAsync(Digest digest, CancellationToken cancellation);
}
