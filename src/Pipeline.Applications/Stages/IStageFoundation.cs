using Pipeline.Delivery.Ports;
using Pipeline.Postgres.Connections;

namespace Pipeline.Applications.Stages;

/// <summary>What an environment of an application stands on: its PostgreSQL, and what else the application needs beside it.</summary>
public interface IStageFoundation : IFoundation
{
    /// <summary>The database, as it was found up; what is wrong with it since then, its first user says.</summary>
    /// <returns>How this program reaches it.</returns>
    Task<PostgresServer> DatabaseAsync(CancellationToken cancellation);

    /// <summary>The settings that tell an instance where these are.</summary>
    Task<IReadOnlyDictionary<string, string>> ReadSettingsAsync(CancellationToken cancellation);
}
