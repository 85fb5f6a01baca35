using Pipeline.Delivery.Approvals;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Deployments;

/// <summary>Puts releases into one environment and takes them back: the same code path for every environment.</summary>
/// <param name="ports">The environment and what is needed to deploy to it.</param>
/// <param name="ledger">Where everything is recorded.</param>
/// <param name="locks">What keeps two runs apart.</param>
/// <param name="log">Who is told.</param>
/// <param name="time">The clock.</param>
public sealed class Deployer(EnvironmentPorts ports, ILedger ledger, IDeploymentLock locks, IDeliveryLog log, TimeProvider time)
{
    /// <summary>
    /// Makes a release serve the environment: brings it to its hosts, takes the lock, ends what an earlier run left, asks the gates and for approval where one is
    /// needed, and walks the steps. Does nothing when the release already serves with the present configuration.
    /// </summary>
    /// <exception cref="DeploymentLockedException">Another run deploys here now.</exception>
    /// <exception cref="GateRefusedException">A gate refused; nothing was changed.</exception>
    /// <exception cref="DeploymentFailedException">A step failed and the environment is as before.</exception>
    /// <exception cref="RolledBackException">It failed under traffic, and the old release serves again.</exception>
    /// <exception cref="LeaseLostException">The lock was lost; the next run resumes.</exception>
    public async Task<Deployment> DeployAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        await ports.Engine.PrepareAsync(request.Release.Digest, cancellation);
        await ports.Foundation.PrepareAsync(cancellation);
        for (ApprovalCheck.Answer? answer = null; ;)
        {
            var (deployment, open) = await TryAsync(request, answer, cancellation);
            if (deployment is not null)
                return deployment;
            // The lock is free while a person thinks: a rollback must not wait for that. What changes meanwhile is asked again.
            answer = new(open!, await ports.Approver.AskAsync(open!, cancellation));
        }
    }

    /// <summary>
    /// Returns the environment to its previous release, or to a given earlier one. Users cannot wait for a host that is away: its instances get a place on the
    /// others, and the ledger says so.
    /// </summary>
    /// <exception cref="GateRefusedException">There is no such release to return to; nothing was changed.</exception>
    /// <exception cref="DeploymentLockedException">Another run deploys here now.</exception>
    /// <exception cref="DeploymentFailedException">A step failed and the environment is as before.</exception>
    public async Task<Deployment> RollbackAsync(RollbackRequest request, CancellationToken cancellation)
    {
        await using var lease = await locks.AcquireAsync(ports.Environment.Name, request.By, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        var reached = await ports.ReachAsync(stop.Token);
        foreach (var host in reached.LeftOut)
            log.Warning($"{ports.Environment.Name}: going back without a host: {host}");
        // What serves users now is good enough to switch: whoever goes back waits for no other edge.
        await ports.Edge.KeepRunningAsync(stop.Token);
        var ended = await ReconcileAsync(reached, lease, stop.Token);

        var history = await ledger.ReadReleasesAsync(ports.Environment.Name, stop.Token);
        // Whoever asks again after a rollback was cut off wants that one, not one more.
        var isThere = request.To is null ? ended is { Kind: DeploymentKind.Rollback } : history.Current?.Release.Digest == request.To;
        if (isThere && await new ServingDeployment(reached, ledger).FindAsync(history.Current!.Release, stop.Token) is { } serving)
        {
            log.Information($"{ports.Environment.Name}: {serving.Release.Version} ({serving.Release.Digest.Abbreviated}) serves since {serving.Since:u}; nothing is left to do");
            return serving;
        }
        var target = request.To is { } digest ? history.Find(digest) : history.Previous;
        if (target is null)
            throw new GateRefusedException(request.To is null
                ? $"{ports.Environment.Name}: there is no previous release to return to; deploy one first"
                : $"{ports.Environment.Name}: {request.To} is not among the releases that served before the present one; --target Status names the previous one");
        log.Information($"{ports.Environment.Name}: going back from {history.Current?.Release.Version} to {target.Release.Version} ({target.Release.Digest.Abbreviated})");
        return await RunAsync(reached, new(ports.Environment, target.Release, DeploymentKind.Rollback, request.By, request.Reason) { Listener = request.Listener }, [], approval: null, lease, stop.Token);
    }

    /// <returns>The deployment; or the question that a person must answer before it, and nothing was changed.</returns>
    private async Task<(Deployment? Deployment, ApprovalQuestion? Open)> TryAsync(DeploymentRequest request, ApprovalCheck.Answer? answer, CancellationToken cancellation)
    {
        await using var lease = await locks.AcquireAsync(ports.Environment.Name, request.By, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        await ports.Foundation.EnsureAsync(stop.Token);
        await ports.Edge.EnsureRunningAsync(stop.Token);
        await ReconcileAsync(ports, lease, stop.Token);

        if (await new ServingDeployment(ports, ledger).FindAsync(request.Release, stop.Token) is { } serving)
        {
            log.Information($"{ports.Environment.Name}: {request.Release.Version} ({request.Release.Digest.Abbreviated}) already serves since {serving.Since:u}");
            return (serving, null);
        }
        var verdicts = await Checklist.CheckAsync(ports.Gates, request, log, stop.Token);
        Checklist.RefuseIfNeeded(request, verdicts);
        var (approval, open) = await new ApprovalCheck(ports, ledger).FindAsync(request, verdicts, answer, stop.Token);
        if (open is not null)
            return (null, open);
        if (approval is not null)
            log.Information($"{ports.Environment.Name}: approved {approval}");
        return (await RunAsync(ports, request, verdicts, approval, lease, stop.Token), null);
    }

    /// <returns>The deployment of an earlier run that was brought to its good end.</returns>
    private Task<DeploymentRecord?> ReconcileAsync(EnvironmentPorts reached, IDeploymentLease lease, CancellationToken cancellation) =>
        new Reconciliation(ledger, lease, log, time).RunAsync(reached, cancellation);

    private async Task<Deployment> RunAsync(
        EnvironmentPorts reached, DeploymentRequest request, IReadOnlyList<GateVerdict> verdicts, Approval? approval, IDeploymentLease lease, CancellationToken cancellation)
    {
        var before = await ports.Edge.ObserveAsync(cancellation)
            ?? throw new DeliveryException($"{ports.Environment.Name}: the edge at {ports.Environment.Url} does not answer on its control socket; look at its log, then run again");
        var colour = before.Active()?.Colour.Other() ?? Colour.Blue;
        var record = await ledger.BeginAsync(request, colour, lease.Token, cancellation);
        if (verdicts.Count > 0)
            await ledger.RecordGatesAsync(record.Id, verdicts, lease.Token, cancellation);
        if (approval is not null)
            await ledger.RecordApprovalAsync(record.Id, approval, lease.Token, cancellation);
        await ShowWitnessAsync(record, lease.Token, cancellation);
        var context = new DeploymentContext { Ports = reached, Record = record, Token = lease.Token, Log = log, Time = time, Before = before };
        await new Saga(ledger, lease).RunAsync(context, from: 0, cancellation);
        return new(ports.Environment.Name, ports.Environment.Url, request.Release, record.StartedAt) { Approval = approval };
    }

    private async Task ShowWitnessAsync(DeploymentRecord record, FencingToken token, CancellationToken cancellation)
    {
        if (ports.Witness is null)
            return;
        try
        {
            await ports.Witness.SeeBegunAsync(record, cancellation);
        }
        catch (GateRefusedException refusal)
        {
            await ledger.FinishAsync(record.Id, DeploymentOutcome.Undone, refusal.Message, token, CancellationToken.None);
            throw;
        }
    }
}
