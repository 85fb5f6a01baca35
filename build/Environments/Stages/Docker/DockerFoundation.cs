using Pipeline.Applications.Stages;
using Pipeline.Applications.Stages.Docker;
using Pipeline.Containers;
using Pipeline.Containers.Sandboxes;
using Pipeline.Postgres.Connections;

namespace Build.Environments.Stages.Docker;

/// <summary>Network, keeper, PostgreSQL and sandbox as containers on the environment's hosts, or a database that somebody else runs.</summary>
public sealed class DockerFoundation(EnvironmentStage stage, IStageDatabase database, SandboxContainer sandbox) : IStageFoundation
{
    public Task PrepareAsync(CancellationToken cancellation) =>
        Task.WhenAll(stage.PrepareAsync(cancellation), database.PrepareAsync(cancellation), sandbox.PrepareAsync(cancellation));

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await stage.KeepAllAsync(cancellation);
        await EnsurePartsAsync(cancellation);
    }

    public async Task EnsureReachableAsync(CancellationToken cancellation)
    {
        await stage.KeepReachableAsync(cancellation);
        await EnsurePartsAsync(cancellation);
    }

    public async Task<PostgresServer> DatabaseAsync(CancellationToken cancellation) => (await database.EnsureRunningAsync(cancellation)).FromHere;

    public async Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation)
    {
        var server = await database.EnsureRunningAsync(cancellation);
        var places = await sandbox.EnsureRunningAsync(cancellation);
        return new Dictionary<string, string>
        {
            ["SHOP_LISTEN_HOST"] = "0.0.0.0",
            ["SHOP_TRUSTED_PROXIES"] = string.Join(',', await stage.EdgeAddressesAsync(cancellation)),
            ["DATABASE_URL"] = server.FromInstances.Url,
            ["SHOP_SMTP_HOST"] = places.MailHost,
            ["SHOP_SMTP_PORT"] = $"{places.MailPort}",
            ["SHOP_PAYMENT_URL"] = places.Payments.GetLeftPart(UriPartial.Authority),
        };
    }

    private Task EnsurePartsAsync(CancellationToken cancellation) => Task.WhenAll(database.EnsureRunningAsync(cancellation), sandbox.EnsureRunningAsync(cancellation));
}
