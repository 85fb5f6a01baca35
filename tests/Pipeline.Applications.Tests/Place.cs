using Pipeline.Applications.Stages;
using Pipeline.Delivery.Ports;

namespace Pipeline.Applications.Tests;

/// <summary>A place that is only looked at.</summary>
internal sealed class Place(bool isOnThisMachine, StageHosts hosts) : IStage
{
    public bool IsOnThisMachine => isOnThisMachine;

    public StageHosts Hosts => hosts;

    public IStageFoundation Foundation => throw new NotSupportedException();

    public IEngine Engine => throw new NotSupportedException();

    public IEdge Edge => throw new NotSupportedException();

    public IReadinessProbe Readiness => throw new NotSupportedException();

    public Task StopAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public Task ForgetAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
