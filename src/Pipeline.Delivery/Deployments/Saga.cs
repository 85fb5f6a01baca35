using Pipeline.Delivery.Deployments.Steps;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Deployments;

/// <summary>Walks a deployment's steps, recording each before and after, and takes them back in reverse when one fails.</summary>
internal sealed class Saga(ILedger ledger, IDeploymentLease lease)
{
    private static readonly TimeSpan UndoTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs the steps from the given one on and records the outcome.</summary>
    public async Task RunAsync(DeploymentContext context, int from, CancellationToken cancellation)
    {
        var steps = DeploymentPlan.For(context.Record.Kind);
        var reached = from;
        var finished = new List<StepRecord>();
        for (var index = from; index < steps.Count; index++)
        {
            try
            {
                cancellation.ThrowIfCancellationRequested();
                reached = index;
                await DoAsync(context, steps[index], finished, cancellation);
            }
#pragma warning disable CA1031 // Whatever went wrong, even a fault of this program, users get back what served before.
            catch (Exception cause)
#pragma warning restore CA1031
            {
                if (lease.Lost.IsCancellationRequested)
                    throw new LeaseLostException(context.Environment.Name, cause);
                await FailAsync(context, steps, reached, finished, cause);
            }
        }
        await RecordAsync(context, finished);
        await ledger.FinishAsync(context.Record.Id, DeploymentOutcome.Succeeded, null, context.Token, CancellationToken.None);
    }

    /// <summary>Takes back the steps up to and including the given one, in reverse, and records the outcome.</summary>
    public async Task<DeploymentOutcome> UndoAsync(DeploymentContext context, int from, string why)
    {
        using var limit = new CancellationTokenSource(UndoTimeout, context.Time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lease.Lost);
        var steps = DeploymentPlan.For(context.Record.Kind);
        var faults = new List<string>();
        foreach (var step in steps.Take(from + 1).Reverse())
        {
            var fault = await UndoStepAsync(context, step, stop.Token);
            if (lease.Lost.IsCancellationRequested)
                throw new LeaseLostException(context.Environment.Name);
            if (fault is not null)
                faults.Add(fault);
        }
        var moved = context.Old is not null && steps.Take(from + 1).Any(step => step.Name == SwitchStep.StepName);
        var outcome = faults.Count > 0 ? DeploymentOutcome.Failed : moved ? DeploymentOutcome.RolledBack : DeploymentOutcome.Undone;
        var detail = (faults.Count == 0 ? why : $"{why}; and could not be undone: {string.Join("; ", faults)}")
            + string.Concat(context.Ports.LeftOut.Select(host => $"; without {host}"));
        await ledger.FinishAsync(context.Record.Id, outcome, detail, context.Token, CancellationToken.None);
        return outcome;
    }

    /// <summary>The end of a step is recorded together with the beginning of the next: nothing happens between the two, and a commit costs a flush of the disk.</summary>
    private async Task DoAsync(DeploymentContext context, IDeploymentStep step, List<StepRecord> finished, CancellationToken cancellation)
    {
        await RecordAsync(context, [.. finished, Moment(context, step, StepPhase.Started, null)]);
        finished.Clear();
        var began = context.Time.GetTimestamp();
        var detail = await step.DoAsync(context, cancellation);
        var took = context.Time.GetElapsedTime(began);
        finished.Add(Moment(context, step, StepPhase.Finished, detail));
        context.Log.Information($"{context.Environment.Name}: {step.Name}{(detail is null ? "" : $": {detail}")} ({took.TotalMilliseconds:0} ms)");
    }

    private async Task FailAsync(
        DeploymentContext context, IReadOnlyList<IDeploymentStep> steps, int index, IReadOnlyList<StepRecord> finished, Exception cause)
    {
        var what = cause is OperationCanceledException ? "cancelled" : cause.Message;
        context.Log.Warning($"{context.Environment.Name}: {steps[index].Name} failed, taking back: {what}");
        await TryRecordAsync(context, [.. finished, Moment(context, steps[index], StepPhase.Failed, what)]);
        var outcome = await UndoAsync(context, index, $"{steps[index].Name}: {what}");
        if (cause is OperationCanceledException && outcome != DeploymentOutcome.Failed)
            throw new OperationCanceledException($"{context.Environment.Name}: cancelled at {steps[index].Name}; what was begun is undone", cause);
        var serves = context.Old is { } old ? $"{old.Digest.Abbreviated} serves as before" : "nothing serves, as before";
        throw outcome switch
        {
            DeploymentOutcome.RolledBack => new RolledBackException($"{what}\n{context.Environment.Name}: rolled back, {serves}", cause),
            DeploymentOutcome.Undone => new DeploymentFailedException(outcome, $"{what}\n{context.Environment.Name}: undone, {serves}", cause),
            _ => new DeploymentFailedException(outcome, $"{what}\n{context.Environment.Name}: could not be undone wholly; run --target Status to see what serves, then --target Rollback", cause),
        };
    }

    private async Task<string?> UndoStepAsync(DeploymentContext context, IDeploymentStep step, CancellationToken cancellation)
    {
        try
        {
            var detail = await step.UndoAsync(context, cancellation);
            if (detail is not null)
                context.Log.Information($"{context.Environment.Name}: took back {step.Name}: {detail}");
            await TryRecordAsync(context, [Moment(context, step, StepPhase.Undone, detail)]);
            return null;
        }
#pragma warning disable CA1031 // The steps before this one are to be taken back all the same; the fault is recorded and reported.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            context.Log.Warning($"{context.Environment.Name}: {step.Name} could not be taken back: {fault.Message}");
            return $"{step.Name}: {fault.Message}";
        }
    }

    private static StepRecord Moment(DeploymentContext context, IDeploymentStep step, StepPhase phase, string? detail) =>
        new(step.Name, phase, context.Time.GetUtcNow(), detail);

    private Task RecordAsync(DeploymentContext context, IReadOnlyList<StepRecord> moments) =>
        ledger.RecordStepsAsync(context.Record.Id, moments, context.Token, CancellationToken.None);

    /// <summary>While taking back, users come before the record: a ledger that does not answer must not keep a bad release in place.</summary>
    private async Task TryRecordAsync(DeploymentContext context, IReadOnlyList<StepRecord> moments)
    {
        try
        {
            await RecordAsync(context, moments);
        }
        catch (DeliveryException fault)
        {
            context.Log.Warning($"{context.Environment.Name}: {moments[^1].Step} could not be recorded as {moments[^1].Phase}: {fault.Message}");
        }
    }
}
