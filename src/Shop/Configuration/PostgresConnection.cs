using Npgsql;
using Pipeline.Configuration.Settings.Values;

namespace Shop.Configuration;

/// <summary>Says to Npgsql what <c>DATABASE_URL</c> says, with the limits that make a request fail soon when the server is away.</summary>
internal static class PostgresConnection
{
    private const int InstancesShareTheServer = 15;

    /// <exception cref="FormatException">The text is no such URL.</exception>
    public static string From(string text)
    {
        if (!PostgresUrl.TryParse(text, out var url))
            throw new FormatException("DATABASE_URL is no postgres://user:password@host:port/database");
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port,
            Username = url.User,
            Password = url.Password,
            Database = url.Database,
            ApplicationName = "shop",
            MaxPoolSize = InstancesShareTheServer,
            Timeout = 5,
            CommandTimeout = 8,
            CancellationTimeout = 1000,
            KeepAlive = 30,
            IncludeErrorDetail = false,
        };
        if (url.Parameters.TryGetValue("sslmode", out var mode))
            settings.SslMode = Enum.Parse<SslMode>(mode.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        return settings.ConnectionString;
    }

    /// <summary>What of the URL this application does not understand, as sentences that begin with the parameter.</summary>
    public static IEnumerable<string> Faults(PostgresUrl url)
    {
        foreach (var (name, value) in url.Parameters)
        {
            if (!string.Equals(name, "sslmode", StringComparison.OrdinalIgnoreCase))
                yield return $"has the parameter {name}, which the shop does not know; leave it out (sslmode is the one it knows)";
            else if (!Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out _))
                yield return $"has sslmode={value}; write disable, allow, prefer, require, verify-ca or verify-full";
        }
    }
}
