using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Pipeline.Delivery;

namespace Pipeline.Postgres.Connections;

/// <summary>
/// Database addresses as <c>postgres://user:password@host:port/database?sslmode=require</c>, the form that applications and hosting services share.
/// See https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS. No message ever quotes anything that could be the password.
/// </summary>
public static partial class PostgresUrl
{
    private const string Form = "write postgres://user:password@host:port/database with special characters percent-encoded";
    private const int DefaultPort = 5432;

    /// <summary>Reads an address.</summary>
    /// <param name="name">What holds it, for messages: <c>PIPELINE_LEDGER</c>.</param>
    /// <param name="url">The address.</param>
    /// <exception cref="DeliveryException">It has faults; all are named.</exception>
    public static PostgresServer Parse(string name, string url)
    {
        var faults = new List<string>();
        var server = Read(url.Trim(), faults);
        return faults.Count == 0 ? server : throw new DeliveryException($"{name}: {string.Join("; ", faults)}; {Form}");
    }

    /// <summary>An address in Npgsql's form.</summary>
    /// <exception cref="DeliveryException">It has faults; all are named.</exception>
    public static string ToConnectionString(string name, string url) => Parse(name, url).ConnectionString;

    /// <summary>The address that an Npgsql connection string means.</summary>
    /// <exception cref="DeliveryException">It lacks a host, database or user.</exception>
    public static PostgresServer FromConnectionString(string name, string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        var missing = new[] { ("Host", builder.Host), ("Database", builder.Database), ("Username", builder.Username) }
            .Where(part => string.IsNullOrEmpty(part.Item2)).Select(part => part.Item1).ToList();
        if (missing.Count > 0)
            throw new DeliveryException($"{name}: the connection string lacks {string.Join(", ", missing)}; add it");
        var parameters = UrlParameter.All.Select(parameter => (parameter.Name, Value: parameter.Read(builder)))
            .Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Name, pair => pair.Value!);
        return new PostgresServer(builder.Host!, builder.Port, builder.Database!, builder.Username!, builder.Password ?? "")
        {
            Parameters = new SortedDictionary<string, string>(parameters, StringComparer.Ordinal),
        };
    }

    internal static string Format(PostgresServer server)
    {
        var password = server.Password.Length == 0 ? "" : $":{Uri.EscapeDataString(server.Password)}";
        var query = string.Join('&', server.Parameters.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return $"postgres://{Uri.EscapeDataString(server.User)}{password}@{Bracketed(server.Host)}:{server.Port}/{Uri.EscapeDataString(server.Database)}"
            + (query.Length == 0 ? "" : $"?{query}");
    }

    internal static string Bracketed(string host) => host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host;

    private static PostgresServer Read(string url, List<string> faults)
    {
        var match = Shape().Match(url);
        if (!match.Success)
            return Unreadable(url.Length == 0 ? "is empty" : "does not begin with postgres:// or postgresql://", faults);
        var authority = match.Groups["authority"].Value;
        var rest = match.Groups["database"].Value + match.Groups["query"].Value;
        if (authority.Count(c => c == '@') > 1 || (!authority.Contains('@', StringComparison.Ordinal) && rest.Contains('@', StringComparison.Ordinal)))
            return Unreadable("a character of the user or password is not encoded (@ is %40, / is %2F, ? is %3F, # is %23)", faults);
        if (match.Groups["fragment"].Success)
            return Unreadable("a # stands in it that is not encoded (# is %23)", faults);
        var at = authority.LastIndexOf('@');
        var login = at < 0 ? "" : authority[..at];
        var colon = login.IndexOf(':', StringComparison.Ordinal);
        var user = Decode("user", colon < 0 ? login : login[..colon], faults);
        var password = Decode("password", colon < 0 ? "" : login[(colon + 1)..], faults);
        var (host, port) = ReadPlace(authority[(at + 1)..], faults);
        var database = Decode("database", match.Groups["database"].Value, faults);
        if (user.Length == 0)
            faults.Add("the user is missing");
        if (database.Length == 0)
            faults.Add("the database is missing");
        return new PostgresServer(host, port, database, user, password) { Parameters = ReadParameters(match.Groups["query"].Value, faults) };
    }

    /// <summary>Where the parts cannot be told apart, none of them is looked at: any might hold a piece of the password.</summary>
    private static PostgresServer Unreadable(string fault, List<string> faults)
    {
        faults.Add(fault);
        return new PostgresServer("", 0, "", "", "");
    }

    private static (string Host, int Port) ReadPlace(string place, List<string> faults)
    {
        if (place.Contains(',', StringComparison.Ordinal))
            faults.Add("it names several hosts, which is not supported");
        var match = Place().Match(place);
        var host = Decode("host", match.Groups["v6"].Success ? match.Groups["v6"].Value : match.Groups["name"].Value, faults);
        if (!match.Success || host.Length == 0)
            faults.Add("the host is missing or malformed");
        var port = DefaultPort;
        if (match.Groups["port"].Success
            && (!int.TryParse(match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
            faults.Add("the port is no number from 1 to 65535");
        return (host, port);
    }

    private static SortedDictionary<string, string> ReadParameters(string query, List<string> faults)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode("name of a parameter", equals < 0 ? pair : pair[..equals], faults);
            var value = Decode($"parameter {name}", equals < 0 ? "" : pair[(equals + 1)..], faults);
            if (UrlParameter.Find(name) is not { } known)
                faults.Add($"parameter {name} is not known; known are {string.Join(", ", UrlParameter.All.Select(parameter => parameter.Name))}");
            else if (!parameters.TryAdd(name, value))
                faults.Add($"parameter {name} stands twice");
            else
                Check(known, value, faults);
        }
        return parameters;
    }

    private static void Check(UrlParameter parameter, string value, List<string> faults)
    {
        try
        {
            parameter.Write(new NpgsqlConnectionStringBuilder(), value);
        }
        catch (Exception cause) when (cause is FormatException or ArgumentException)
        {
            faults.Add($"parameter {parameter.Name} {(cause is FormatException ? cause.Message : "has a value out of bounds")}");
        }
    }

    private static string Decode(string part, string text, List<string> faults)
    {
        if (BadEscape().IsMatch(text))
            faults.Add($"the {part} has a % that no two hexadecimal digits follow (% is %25)");
        return Uri.UnescapeDataString(text);
    }

    [GeneratedRegex(@"^postgres(ql)?://(?<authority>[^/?#]*)(/(?<database>[^?#]*))?(\?(?<query>[^#]*))?(?<fragment>#.*)?$", RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(\[(?<v6>[0-9A-Fa-f:.%]+)\]|(?<name>[^:\[\]]*))(:(?<port>[^:]*))?$")]
    private static partial Regex Place();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})")]
    private static partial Regex BadEscape();
}
