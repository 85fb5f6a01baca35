using System.Text;
using Pipeline.Containers.Databases;
using Pipeline.Containers.Sandboxes;
using Pipeline.Engines.Docker.Scopes;
using Pipeline.Postgres.Connections;

namespace Pipeline.Containers.Composing;

/// <summary>Where the services of an exported environment find one another: by name, but for the edge, whose address instances need to believe it.</summary>
public static class ComposeAddresses
{
    internal const string Database = "database";
    internal const string Sandbox = "sandbox";

    private const string Pool = "10.86";

    /// <summary>The addresses of the project's network, which the environment's name decides; another pool than that of the pipeline's own networks.</summary>
    public static string SubnetOf(EnvironmentScope scope) => $"{Prefix(scope)}.0/24";

    /// <summary>The address of the edge.</summary>
    public static string EdgeOf(EnvironmentScope scope) => $"{Prefix(scope)}.254";

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

    private static string Prefix(EnvironmentScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return $"{Pool}.{Encoding.UTF8.GetBytes(scope.Prefix).Aggregate(17u, (hash, letter) => (hash * 31) + letter) % 256}";
    }
}
