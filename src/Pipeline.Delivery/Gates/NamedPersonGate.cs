using Pipeline.Delivery.Deployments;

namespace Pipeline.Delivery.Gates;

/// <summary>An item that a person answers for: someone on call named, stakeholders told.</summary>
/// <param name="name">The item on the checklist.</param>
/// <param name="answer">Who or what is named; null or empty when nobody is.</param>
/// <param name="remedy">Where to name them.</param>
public sealed class NamedPersonGate(string name, string? answer, string remedy) : IGate
{
    /// <inheritdoc />
    public Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation) =>
        Task.FromResult(string.IsNullOrWhiteSpace(answer)
            ? new GateVerdict(name, GateOutcome.Warned, remedy)
            : new GateVerdict(name, GateOutcome.Passed, answer));
}
