using Npgsql;

namespace Shop.Configuration;

/// <summary>
/// Turns <c>postgres://user:password@host:port/database</c>
/// (<see href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS"/>) into what Npgsql takes.
/// </summary>
internal static class PostgresUrl
{
    private const int DefaultPort = 5432;
    private const int InstancesShareTheServer = 15;

    public static string ToConnectionString(string url)
    {
        var address = new Uri(url);
        var credentials = address.UserInfo.Split(':', 2);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = address.IdnHost.Trim('[', ']'),
            Port = address.IsDefaultPort || address.Port < 0 ? DefaultPort : address.Port,
            Username = Uri.UnescapeDataString(credentials[0]),
            Password = credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : null,
            Database = Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/')),
            ApplicationName = "shop",
            MaxPoolSize = InstancesShareTheServer,
            Timeout = 3,
            CommandTimeout = 8,
            CancellationTimeout = 1000,
            KeepAlive = 30,
            IncludeErrorDetail = false,
        };
        foreach (var (name, value) in Options(address.Query))
            settings[name] = value;
        return settings.ConnectionString;
    }

    private static IEnumerable<(string Name, string Value)> Options(string query) =>
        from option in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        let parts = option.Split('=', 2)
        where parts.Length == 2 && parts[0] == "sslmode"
        select ("SSL Mode", SslMode(Uri.UnescapeDataString(parts[1])));

    private static string SslMode(string libpq) => libpq switch
    {
        "verify-ca" => nameof(Npgsql.SslMode.VerifyCA),
        "verify-full" => nameof(Npgsql.SslMode.VerifyFull),
        _ => libpq,
    };
}
