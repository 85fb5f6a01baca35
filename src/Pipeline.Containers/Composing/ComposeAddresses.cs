using Pipeline.Containers.Databases;
using Pipeline.Containers.Sandboxes;
using Pipeline.Postgres.Connections;

namespace Pipeline.Containers.Composing;

/// <summary>Where the services of an exported environment find one another: by name.</summary>
public static class ComposeAddresses
{
    internal const string Database = "database";
    internal const string Sandbox = "sandbox";

    /// <summary>The sandbox.</summary>
    public static SandboxPlaces SandboxPlaces { get; } = new(new Uri($"http://{Sandbox}:{SandboxContainer.HttpPort}"), Sandbox, SandboxContainer.SmtpPort);

    /// <summary>The database.</summary>
    /// <param name="settings">What the database is.</param>
    /// <param name="password">Its owner's password.</param>
    public static PostgresServer DatabaseOf(DatabaseSettings settings, string password)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new PostgresServer(Database, DatabaseContainer.Port, settings.Database, settings.Database, password);
    }
}
