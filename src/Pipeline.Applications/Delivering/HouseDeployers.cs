using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Locks;

namespace Pipeline.Applications.Delivering;

/// <summary>What deploys to the environments of an application.</summary>
public static class HouseDeployers
{
    /// <summary>What deploys to one environment, with the lock in the ledger's database.</summary>
    /// <param name="house">The application.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="approver">Who is asked, where the environment asks for an approval.</param>
    /// <param name="witness">Who sees that a deployment was begun; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<Deployer> DeployerAsync(this IApplicationHouse house, string environment, IApprover approver, IDeploymentWitness? witness, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(house);
        var source = await house.Ledger.OpenAsync(cancellation);
        var ledger = await house.Ledger.ReadAsync(cancellation);
        return new(house.Ports(environment, ledger) with { Approver = approver, Witness = witness }, ledger, new PostgresDeploymentLock(source, house.Time), house.Log, house.Time);
    }
}
