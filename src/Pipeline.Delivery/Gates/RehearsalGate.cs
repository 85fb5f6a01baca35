using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Gates;

/// <summary>The release's newest evidence of a kind passed: its tests, or its rehearsal on staging.</summary>
/// <param name="name">The item on the checklist.</param>
/// <param name="environment">Where the evidence was made: <c>staging</c>, <c>build</c>.</param>
/// <param name="check">What was checked: <c>smoke</c>, <c>test</c>.</param>
/// <param name="remedy">What makes the evidence.</param>
/// <param name="ledger">Where evidence is kept.</param>
public sealed class RehearsalGate(string name, string environment, string check, string remedy, ILedger ledger) : IGate
{
    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        var evidence = await ledger.ReadRehearsalsAsync(request.Release.Digest, cancellation);
        var newest = evidence.FirstOrDefault(rehearsal => rehearsal.Environment == environment && rehearsal.Check == check);
        return newest switch
        {
            null => new(name, GateOutcome.Refused, $"no evidence '{check}' from {environment} for {request.Release.Digest}; {remedy}"),
            { Passed: false } => new(name, GateOutcome.Refused, $"'{check}' failed in {environment} at {newest.At:u}: {newest.Detail}; {remedy}"),
            _ => new(name, GateOutcome.Passed, $"'{check}' passed in {environment} at {newest.At:u} by {newest.By}: {newest.Detail}"),
        };
    }
}
