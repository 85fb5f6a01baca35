using Pipeline.Containers.Databases;
using Pipeline.Postgres.Connections;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>The database of an environment on Docker hosts: a container of its own, or one that somebody else runs.</summary>
public interface IStageDatabase
{
    /// <summary>Brings what it is started from to its host, where it is to be started.</summary>
    /// <exception cref="Delivery.DeliveryException">It cannot be brought there.</exception>
    Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Makes sure that it answers.</summary>
    /// <exception cref="Delivery.DeliveryException">It does not, and cannot be started.</exception>
    Task<RunningDatabase> EnsureRunningAsync(CancellationToken cancellation);
}

/// <summary>A container of the environment.</summary>
internal sealed class OwnDatabase(DatabaseContainer container) : IStageDatabase
{
    public Task PrepareAsync(CancellationToken cancellation) => container.PrepareAsync(cancellation);

    public Task<RunningDatabase> EnsureRunningAsync(CancellationToken cancellation) => container.EnsureRunningAsync(cancellation);
}

/// <summary>One that somebody else runs, at the same address from here and from instances.</summary>
internal sealed class GivenStageDatabase(GivenDatabase database) : IStageDatabase
{
    public async Task<RunningDatabase> EnsureRunningAsync(CancellationToken cancellation)
    {
        var server = await database.EnsureRunningAsync(cancellation);
        return new(server, server);
    }
}
