using Pipeline.Containers;
using Pipeline.Postgres.Connections;

namespace Pipeline.Applications.Stages.Docker;

/// <summary>Network, keeper and PostgreSQL: all that an application with a database and nothing else stands on.</summary>
internal sealed class DatabaseFoundation(EnvironmentStage stage, IStageDatabase database) : IStageFoundation
{
    public Task PrepareAsync(CancellationToken cancellation) => Task.WhenAll(stage.PrepareAsync(cancellation), database.PrepareAsync(cancellation));

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await stage.KeepAllAsync(cancellation);
        await database.EnsureRunningAsync(cancellation);
    }

    public async Task EnsureReachableAsync(CancellationToken cancellation)
    {
        await stage.KeepReachableAsync(cancellation);
        await database.EnsureRunningAsync(cancellation);
    }

    public async Task<PostgresServer> DatabaseAsync(CancellationToken cancellation) => (await database.EnsureRunningAsync(cancellation)).FromHere;

    public async Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation) =>
        new Dictionary<string, string> { ["DATABASE_URL"] = (await database.EnsureRunningAsync(cancellation)).FromInstances.Url };
}
