using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Gates;

/// <summary>Configuration correct: the environment's settings are what the release asks for.</summary>
/// <param name="settings">The environment's settings.</param>
public sealed class ConfigurationGate(IInstanceSettings settings) : IGate
{
    private const string Name = "configuration correct";

    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        try
        {
            var read = await settings.ReadAsync(request.Release, cancellation);
            return new(Name, GateOutcome.Passed, $"{read.Count} keys valid");
        }
        catch (DeliveryException fault)
        {
            return new(Name, GateOutcome.Refused, fault.Message);
        }
    }
}
