using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Releases;
using Pipeline.Delivery.Tests.World;
using static Pipeline.Delivery.Tests.World.Releases;

namespace Pipeline.Delivery.Tests;

/// <summary>What is told of an environment beside what its edge sees.</summary>
public sealed class ObservationTests
{
    private const string Gone = "the secrets are gone; --target PromoteProduction brings them back";
    private readonly SimulatedWorld world = new();

    [Fact]
    public async Task Instances_with_traffic_that_wait_for_one_thing_are_told_in_one_line_with_the_remedy()
    {
        await DeployAsync(A);
        Change(instance => instance with { Running = false, Waiting = Gone });

        var observed = await world.ObserveAsync();

        Assert.Equal(EnvironmentState.Down, observed.State);
        Assert.Contains($"{string.Join(", ", observed.Instances.Select(instance => instance.Id))}: {Gone}", observed.Problems);
    }

    [Fact]
    public async Task What_nobody_is_served_by_may_wait()
    {
        await DeployAsync(A);
        await DeployAsync(B);
        Change(instance => instance.Digest == A.Digest ? instance with { Waiting = Gone } : instance);

        Assert.Empty((await world.ObserveAsync()).Problems);
    }

    [Fact]
    public async Task An_instance_that_serves_but_that_its_host_finds_unhealthy_makes_the_environment_degraded()
    {
        await DeployAsync(A);
        var sick = world.Engine.Instances.Keys.Order(StringComparer.Ordinal).First();
        Change(instance => instance with { Health = instance.Id == sick ? "unhealthy" : "healthy" });

        var observed = await world.ObserveAsync();

        Assert.Equal(EnvironmentState.Degraded, observed.State);
        Assert.Equal([$"{sick} is ready for the edge, but its host's health check finds it unhealthy"], observed.Problems);
    }

    private void Change(Func<Instance, Instance> change)
    {
        foreach (var instance in world.Engine.Instances.Values)
            world.Engine.Instances[instance.Id] = change(instance);
    }

    private Task<Deployment> DeployAsync(Release release) =>
        world.NewRun().DeployAsync(new(SimulatedWorld.Environment, release, DeploymentKind.Deploy, "somebody", null), TestContext.Current.CancellationToken);
}
