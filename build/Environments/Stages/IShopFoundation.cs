using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Connections;

namespace Build.Environments.Stages;

/// <summary>What an environment of the Shop stands on: its PostgreSQL and its sandbox.</summary>
public interface IShopFoundation : IFoundation
{
    /// <summary>The database, as it was found up; what is wrong with it since then, its first user says.</summary>
    /// <returns>How this program reaches it.</returns>
    Task<PostgresServer> DatabaseAsync(CancellationToken cancellation);

    /// <summary>The settings that tell an instance where these are.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation);
}
