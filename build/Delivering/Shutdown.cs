namespace Build.Delivering;

/// <summary>Takes the whole stage down: edges first, so that nobody is promised an answer, databases last.</summary>
public sealed class Shutdown(ShopHouse house)
{
    public async Task StopAsync(CancellationToken cancellation)
    {
        foreach (var environment in house.Environments)
        {
            await house.Stage(environment).StopAsync(cancellation);
            house.Log.Information($"{environment.Name}: stopped");
        }
        await house.Ledger.Server.StopAsync(cancellation);
        house.Log.Information("ledger: stopped; --target PromoteProduction brings everything back, --target Down --delete-data true forgets it");
    }

    public async Task ForgetAsync(CancellationToken cancellation)
    {
        await StopAsync(cancellation);
        foreach (var environment in house.Environments)
        {
            await house.Stage(environment).ForgetAsync(cancellation);
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
