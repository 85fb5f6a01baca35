using Pipeline.Delivery.Deployments.Steps;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Deployments;

/// <summary>Ends what an earlier run began and could not end: forward when its release already has the traffic, back when not.</summary>
internal sealed class Reconciliation(ILedger ledger, IDeploymentLease lease, IDeliveryLog log, TimeProvider time)
{
    /// <returns>The deployment that was brought to its good end now; null when there was none, or it was taken back.</returns>
    public async Task<DeploymentRecord?> RunAsync(EnvironmentPorts ports, CancellationToken cancellation)
    {
        if (await ledger.FindUnfinishedAsync(ports.Environment.Name, cancellation) is not { } unfinished)
            return null;
        var before = await ports.Edge.ObserveAsync(cancellation)
            ?? throw new DeliveryException($"{ports.Environment.Name}: deployment {unfinished.Id} is unfinished, and the edge does not answer; run again when it does");
        var context = new DeploymentContext { Ports = ports, Record = unfinished, Token = lease.Token, Log = log, Time = time, Before = before };
        var steps = DeploymentPlan.For(unfinished.Kind);
        var reached = Math.Max(0, steps.ToList().FindLastIndex(step => unfinished.Steps.Any(record => record.Step == step.Name)));
        var hasTraffic = HasTraffic(unfinished, before);
        if (hasTraffic && unfinished.Steps.All(step => step.Phase is not (StepPhase.Failed or StepPhase.Undone)))
        {
            var afterSwitch = steps.ToList().FindIndex(step => step.Name == SwitchStep.StepName) + 1;
            log.Warning($"{ports.Environment.Name}: deployment {unfinished.Id} of {unfinished.Release.Version} stopped at {steps[reached].Name} after its switch; going on from there");
            await new Saga(ledger, lease).RunAsync(context, afterSwitch, cancellation);
            return unfinished;
        }
        log.Warning($"{ports.Environment.Name}: deployment {unfinished.Id} of {unfinished.Release.Version} stopped at {steps[reached].Name}; taking it back first");
        await new Saga(ledger, lease).UndoAsync(context, hasTraffic ? reached : Math.Min(reached, LastBeforeSwitch(steps)), $"its run ended at {steps[reached].Name}");
        return null;
    }

    private static bool HasTraffic(DeploymentRecord unfinished, EdgeStatus edge) =>
        unfinished.Steps.Any(step => step.Step == SwitchStep.StepName)
        && edge.Active() is { } active && active.Colour == unfinished.Colour && active.Digest == unfinished.Release.Digest;

    /// <summary>Without traffic on its side the switch never took effect or is undone already, so what remains is what came before it.</summary>
    private static int LastBeforeSwitch(IReadOnlyList<IDeploymentStep> steps) =>
        steps.ToList().FindIndex(step => step.Name == SwitchStep.StepName) - 1;
}
