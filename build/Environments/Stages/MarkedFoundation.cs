using Pipeline.Delivery.Ports;

namespace Build.Environments.Stages;

/// <summary>A foundation that is remembered as soon as it stands.</summary>
public sealed class MarkedFoundation(IFoundation foundation, EngineMark mark, EngineChoice engine) : IFoundation
{
    public Task PrepareAsync(CancellationToken cancellation) => foundation.PrepareAsync(cancellation);

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await foundation.EnsureAsync(cancellation);
        mark.Write(engine.Name);
    }

    public async Task EnsureReachableAsync(CancellationToken cancellation)
    {
        await foundation.EnsureReachableAsync(cancellation);
        mark.Write(engine.Name);
    }
}
