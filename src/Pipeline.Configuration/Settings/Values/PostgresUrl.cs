using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Configuration.Settings.Values;

/// <summary>
/// A connection URI as PostgreSQL's own clients read it, https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS,
/// with one host, a user and a database, which libpq would leave open.
/// </summary>
/// <param name="Host">The server.</param>
/// <param name="Port">Its port; 5432 when the text names none.</param>
/// <param name="Database">The database.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The password; null when the text has none.</param>
/// <param name="Parameters">What follows the question mark: <c>sslmode=require</c>.</param>
public sealed record PostgresUrl(
    string Host, int Port, string Database, string User, string? Password, IReadOnlyDictionary<string, string> Parameters)
{
    private const int DefaultPort = 5432;

    /// <summary>Reads a URL, or says that the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out PostgresUrl? url)
    {
        url = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql"))
            return false;
        var user = uri.UserInfo.Split(':', 2);
        var database = uri.AbsolutePath.Trim('/');
        if (uri.DnsSafeHost.Length == 0 || user[0].Length == 0 || database.Length == 0 || database.Contains('/', StringComparison.Ordinal) || uri.Port == 0)
            return false;
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
        {
            if (pair.Length != 2 || !parameters.TryAdd(Uri.UnescapeDataString(pair[0]), Uri.UnescapeDataString(pair[1])))
                return false;
        }
        url = new(
            uri.DnsSafeHost, uri.Port < 0 ? DefaultPort : uri.Port, Uri.UnescapeDataString(database), Uri.UnescapeDataString(user[0]),
            user.Length == 2 ? Uri.UnescapeDataString(user[1]) : null, parameters);
        return true;
    }

    /// <summary>Server and database without the password.</summary>
    public override string ToString() => $"postgres://{User}@{Host}:{Port}/{Database}";
}
