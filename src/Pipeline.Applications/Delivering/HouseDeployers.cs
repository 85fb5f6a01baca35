using Pipeline.Delivery.Deployments;
using Pipeline.Postgres.Locks;

namespace Pipeline.Applications.Delivering;

/// <summary>What deploys to the environments of an application.</summary>
public static class HouseDeployers
{
    /// <summary>What deploys to one environment, with the lock in the ledger's database.</summary>
    public static async Task<Deployer> DeployerAsync(this IApplicationHouse house, string environment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(house);
        var source = await house.Ledger.OpenAsync(cancellation);
        var ledger = await house.Ledger.ReadAsync(cancellation);
        return new(house.Ports(environment, ledger), ledger, new PostgresDeploymentLock(source, house.Time), house.Log, house.Time);
    }
}
