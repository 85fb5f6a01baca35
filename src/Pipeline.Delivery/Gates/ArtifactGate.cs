using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;

namespace Pipeline.Delivery.Gates;

/// <summary>Build succeeded: the artifact is here, and every byte of it is what its digest says.</summary>
/// <param name="files">Where artifacts are unpacked, after re-hashing them.</param>
public sealed class ArtifactGate(IApplicationFiles files) : IGate
{
    private const string Name = "build succeeded";

    /// <inheritdoc />
    public async Task<GateVerdict> CheckAsync(DeploymentRequest request, CancellationToken cancellation)
    {
        try
        {
            await files.UnpackAsync(request.Release.Digest, cancellation);
            return new(Name, GateOutcome.Passed, $"{request.Release.Digest}, every byte as it says, commit {request.Release.Commit}");
        }
        catch (DeliveryException fault)
        {
            return new(Name, GateOutcome.Refused, fault.Message);
        }
    }
}
