using Build.Delivering;

namespace Build.Diagnosis;

/// <summary>The programs of PostgreSQL are on this machine, unless every database is given by an address.</summary>
public sealed class PostgresExamination(ShopHouse house) : IExamination
{
    public Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellation)
    {
        var folders = house.PostgresPlaces.Given is { } given ? [given] : house.PostgresPlaces.Path.Concat(house.PostgresPlaces.Usual);
        var found = folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));
        return Task.FromResult<IReadOnlyList<Observation>>([found is not null
            ? new("PostgreSQL", true, found)
            : new("PostgreSQL", false, "no folder holds postgres and initdb; install PostgreSQL 15 or later, set PIPELINE_POSTGRES_BIN to its bin folder, or give databases of your own by PIPELINE_LEDGER, STAGING_DATABASE_URL and PRODUCTION_DATABASE_URL")]);
    }
}
