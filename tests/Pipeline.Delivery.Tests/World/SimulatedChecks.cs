using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Traffic;

namespace Pipeline.Delivery.Tests.World;

internal sealed class SimulatedChecks(SimulatedWorld world) : IReadinessProbe, IReleaseCheck, IPostDeployVerification
{
    public Task<ProbeAnswer> ProbeAsync(Instance instance, CancellationToken cancellation) => Task.FromResult(
        world.GetsReady(ReleaseOf(instance.Digest)) ? new ProbeAnswer(true, "200") : new ProbeAnswer(false, "503 migrations missing"));

    public Task<CheckReport> RunAsync(DeliveryEnvironment environment, PrivateRoute? route, CancellationToken cancellation) =>
        ReportAsync("login", world.PassesSmoke, route!.Colour);

    public Task<CheckReport> VerifyAsync(DeliveryEnvironment environment, Colour colour, TrafficBaseline? baseline, CancellationToken cancellation) =>
        ReportAsync("error rate", world.HoldsUnderTraffic, colour);

    private Task<CheckReport> ReportAsync(string name, Func<Release, bool> judge, Colour colour)
    {
        var release = ReleaseOf(world.Edge.Routes.Backends.Single(backend => backend.Colour == colour).Digest);
        var passed = judge(release);
        return Task.FromResult(new CheckReport([new(name, passed, TimeSpan.FromMilliseconds(1), passed ? "200" : "expected 200, got 500")]));
    }

    private Release ReleaseOf(Digest digest) => world.Ledger.Deployments.Last(record => record.Release.Digest == digest).Release;
}
