using System.Collections.Immutable;
using Pipeline.Applications.Delivering;
using Pipeline.Delivery.Releases;

namespace Pipeline.Applications.Operating;

/// <summary>Takes the whole stage down: edges first, so that nobody is promised an answer, databases last.</summary>
/// <param name="house">The application.</param>
public sealed class Shutdown(IApplicationHouse house)
{
    /// <summary>Stops everything; what it kept stays.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        foreach (var environment in house.Environments)
        {
            await house.Stage(environment.Name).StopAsync(cancellation);
            house.Log.Information($"{environment.Name}: stopped");
        }
        await house.Ledger.Server.StopAsync(cancellation);
        house.Log.Information("ledger: stopped; --target PromoteProduction brings everything back, --target Down --delete-data true forgets it");
    }

    /// <summary>Stops everything and forgets what it kept.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        await StopAsync(cancellation);
        foreach (var environment in house.Environments)
        {
            var stage = house.Stage(environment.Name);
            await stage.Engine.PruneAsync(ImmutableHashSet<Digest>.Empty, cancellation);
            await stage.ForgetAsync(cancellation);
            Delete(house.Paths.Environment(environment.Name));
        }
        await house.Ledger.Server.DeleteAsync(cancellation);
        Delete(house.Paths.Ledger);
        Delete(house.Paths.Applications);
        house.Log.Information("both environments and the ledger are forgotten");
    }

    private static void Delete(string directory)
    {
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }
}
