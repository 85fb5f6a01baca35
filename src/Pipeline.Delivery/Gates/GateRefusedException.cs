namespace Pipeline.Delivery.Gates;

/// <summary>A gate refused the deployment before anything was changed.</summary>
/// <param name="message">The refusals, each with its remedy.</param>
public sealed class GateRefusedException(string message) : DeliveryException(message);
