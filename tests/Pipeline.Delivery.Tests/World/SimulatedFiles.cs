using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Tests.World;

internal sealed class SimulatedFiles(params Release[] present) : IApplicationFiles
{
    public Task<ApplicationFiles> UnpackAsync(Digest digest, CancellationToken cancellation) => present.Any(release => release.Digest == digest)
        ? Task.FromResult(new ApplicationFiles("/", ["run"], new Dictionary<string, string>(), "/"))
        : Task.FromException<ApplicationFiles>(new DeliveryException($"{digest} is not in the store; build it"));
}
