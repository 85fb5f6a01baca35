using Npgsql;

namespace Pipeline.Postgres.Connections;

/// <summary>Where a database is and who may enter. Its text form never holds the password.</summary>
/// <param name="Host">A name or an address, an IPv6 one without brackets.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Database">The database.</param>
/// <param name="User">The role.</param>
/// <param name="Password">Its password; empty when the server asks for none.</param>
public sealed record PostgresServer(string Host, int Port, string Database, string User, string Password)
{
    /// <summary>Further parameters of the connection by their names in libpq, as an address carries them: <c>sslmode</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The address in Npgsql's form, with the password.</summary>
    public string ConnectionString
    {
        get
        {
            var builder = new NpgsqlConnectionStringBuilder
            {
                Host = Host,
                Port = Port,
                Database = Database,
                Username = User,
                Password = Password.Length == 0 ? null : Password,
            };
            foreach (var (name, value) in Parameters)
                UrlParameter.Find(name)!.Write(builder, value);
            return builder.ConnectionString;
        }
    }

    /// <summary>The address as <c>postgres://…</c>, with the password, percent-encoded. See https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS.</summary>
    public string Url => PostgresUrl.Format(this);

    /// <summary><c>host:port/database</c>, for messages.</summary>
    public override string ToString() => $"{PostgresUrl.Bracketed(Host)}:{Port}/{Database}";
}
