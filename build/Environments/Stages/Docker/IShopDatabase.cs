using Pipeline.Containers.Databases;
using Pipeline.Postgres.Connections;

namespace Build.Environments.Stages.Docker;

/// <summary>The database of an environment on Docker hosts: a container of its own, or one that somebody else runs.</summary>
public interface IShopDatabase
{
    Task<RunningDatabase> EnsureRunningAsync(CancellationToken cancellation);
}

/// <summary>A container of the environment.</summary>
public sealed class OwnDatabase(DatabaseContainer container) : IShopDatabase
{
    public Task<RunningDatabase> EnsureRunningAsync(CancellationToken cancellation) => container.EnsureRunningAsync(cancellation);
}

/// <summary>One that somebody else runs, at the same address from here and from instances.</summary>
public sealed class GivenShopDatabase(GivenDatabase database) : IShopDatabase
{
    public async Task<RunningDatabase> EnsureRunningAsync(CancellationToken cancellation)
    {
        var server = await database.EnsureRunningAsync(cancellation);
        return new(server, server);
    }
}
