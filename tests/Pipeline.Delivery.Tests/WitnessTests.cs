using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Tests.World;
using static Pipeline.Delivery.Tests.World.Releases;

namespace Pipeline.Delivery.Tests;

public sealed class WitnessTests
{
    private readonly SimulatedWorld world = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_witness_sees_a_deployment_and_a_rollback_before_anything_changes()
    {
        var witness = new Witness(world);

        await Deployer(witness).DeployAsync(new(SimulatedWorld.Environment, A, DeploymentKind.Deploy, "mia", null), Stop);
        await Deployer(witness).DeployAsync(new(SimulatedWorld.Environment, B, DeploymentKind.Deploy, "mia", null), Stop);
        await Deployer(witness).RollbackAsync(new(null, "mia", null), Stop);

        Assert.Equal(["Deploy nothing", $"Deploy {A.Digest.Abbreviated}", $"Rollback {B.Digest.Abbreviated}"], witness.Seen);
    }

    [Fact]
    public async Task What_a_witness_refuses_is_recorded_as_undone_and_changes_nothing()
    {
        await Assert.ThrowsAsync<GateRefusedException>(() =>
            Deployer(new Witness(world) { Refuses = true }).DeployAsync(new(SimulatedWorld.Environment, A, DeploymentKind.Deploy, "mia", null), Stop));

        var record = Assert.Single(world.Ledger.Deployments);
        Assert.Equal((DeploymentOutcome.Undone, "nobody hears it"), (record.Outcome, record.Detail));
        Assert.Empty(world.Engine.Instances);
    }

    private Deployer Deployer(Witness witness) => new(world.Ports() with { Witness = witness }, world.Ledger, world.Lock, new ListLog(world.Told), TimeProvider.System);

    private sealed class Witness(SimulatedWorld world) : IDeploymentWitness
    {
        public bool Refuses { get; init; }

        public List<string> Seen { get; } = [];

        public Task SeeBegunAsync(DeploymentRecord deployment, CancellationToken cancellation)
        {
            Seen.Add($"{deployment.Kind} {world.Edge.Routes.Backends.FirstOrDefault(backend => backend.Weight > 0)?.Digest.Abbreviated ?? "nothing"}");
            return Refuses ? throw new GateRefusedException("nobody hears it") : Task.CompletedTask;
        }
    }
}
