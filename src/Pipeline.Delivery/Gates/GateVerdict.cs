namespace Pipeline.Delivery.Gates;

/// <summary>What one gate says of a deployment.</summary>
/// <param name="Gate">The gate's name as the checklist prints it.</param>
/// <param name="Outcome">Whether the deployment may go on.</param>
/// <param name="Detail">The fact it found, and the remedy when it refuses.</param>
public sealed record GateVerdict(string Gate, GateOutcome Outcome, string Detail);

/// <summary>The outcomes of a gate.</summary>
public enum GateOutcome
{
    /// <summary>Holds.</summary>
    Passed,

    /// <summary>Does not stop the deployment, but a person should know.</summary>
    Warned,

    /// <summary>Stops the deployment.</summary>
    Refused,
}
