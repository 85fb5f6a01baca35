using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Gates;

/// <summary>Asks every gate and prints the checklist, so that a refusal names all that stands against the deployment.</summary>
internal static class Checklist
{
    public static async Task<IReadOnlyList<GateVerdict>> CheckAsync(
        IReadOnlyList<IGate> gates, DeploymentRequest request, IDeliveryLog log, CancellationToken cancellation)
    {
        var verdicts = new List<GateVerdict>();
        foreach (var gate in gates)
            verdicts.Add(await gate.CheckAsync(request, cancellation));
        if (verdicts.Count > 0)
            log.Information($"{request.Environment.Name}: checklist for {request.Release.Version} ({request.Release.Digest.Abbreviated})");
        foreach (var verdict in verdicts)
            Print(log, verdict);
        return verdicts;
    }

    public static void RefuseIfNeeded(DeploymentRequest request, IReadOnlyList<GateVerdict> verdicts)
    {
        var refusals = verdicts.Where(verdict => verdict.Outcome == GateOutcome.Refused).Select(verdict => $"  {verdict.Gate}: {verdict.Detail}").ToArray();
        if (refusals.Length > 0)
            throw new GateRefusedException(
                $"{request.Environment.Name}: refused {request.Release.Digest} ({request.Release.Version}); nothing was changed:\n{string.Join('\n', refusals)}");
    }

    private static void Print(IDeliveryLog log, GateVerdict verdict)
    {
        switch (verdict.Outcome)
        {
            case GateOutcome.Passed:
                log.Information($"  ✓ {verdict.Gate}: {verdict.Detail}");
                break;
            case GateOutcome.Warned:
                log.Warning($"  ! {verdict.Gate}: {verdict.Detail}");
                break;
            default:
                log.Warning($"  ✗ {verdict.Gate}: {verdict.Detail}");
                break;
        }
    }
}
