using Shop.Database;

namespace Shop.Hosting;

/// <summary>Whether requests may come: the database answers, this build's migrations are there, the smoke account is, and no stop was asked for.</summary>
internal sealed class Readiness(MigrationCheck migrations, IHostApplicationLifetime lifetime)
{
    private volatile bool smokeAccountExists;

    public void SmokeAccountExists() => smokeAccountExists = true;

    public async Task<ReadinessReport> LookAsync(CancellationToken cancellation)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return new ReadinessReport("stopping", []);
        try
        {
            var missing = await migrations.MissingAsync(cancellation);
            if (missing.Count > 0)
                return new ReadinessReport("migrations are missing", missing);
        }
        catch (Exception away) when (DatabaseFailure.IsTemporary(away))
        {
            return new ReadinessReport($"the database is unreachable: {away.Message}", []);
        }
        return new ReadinessReport(smokeAccountExists ? ReadinessReport.Ready : "the smoke account is being made", []);
    }
}

/// <param name="Status">A word, or what is missing.</param>
/// <param name="Missing">Migrations that this build carries and the database lacks.</param>
internal sealed record ReadinessReport(string Status, IReadOnlyList<string> Missing)
{
    public const string Ready = "ready";

    public bool IsReady() => Status == Ready;
}
