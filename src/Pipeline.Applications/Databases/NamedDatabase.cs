using Pipeline.Applications.Settings;
using Pipeline.Configuration.Secrets;
using Pipeline.Delivery;
using Pipeline.Postgres.Connections;

namespace Pipeline.Applications.Databases;

/// <summary>A database that somebody else runs, named by a variable of the build program's environment.</summary>
public static class NamedDatabase
{
    /// <summary>The database; null when the variable is not set.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="variable">The variable with its address, or with where the address is kept (<c>file:</c>, <c>command:</c>, <c>env:</c>).</param>
    /// <param name="secrets">Fetches secrets from where they are kept.</param>
    /// <exception cref="DeliveryException">The address cannot be fetched.</exception>
    public static GivenDatabase? Find(string name, string variable, SecretReader secrets) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } url
        ? new GivenDatabase(name, SecretVariables.Read(secrets, variable, url))
        : null;
}
