using Npgsql;

namespace Pipeline.Postgres.Connections;

/// <summary>libpq's names of the ways to use TLS.</summary>
internal static class SslModes
{
    private static readonly Dictionary<string, SslMode> Names = new(StringComparer.Ordinal)
    {
        ["disable"] = SslMode.Disable,
        ["allow"] = SslMode.Allow,
        ["prefer"] = SslMode.Prefer,
        ["require"] = SslMode.Require,
        ["verify-ca"] = SslMode.VerifyCA,
        ["verify-full"] = SslMode.VerifyFull,
    };

    public static SslMode Read(string name) => Names.TryGetValue(name, out var mode)
        ? mode
        : throw new FormatException($"is none of {string.Join(", ", Names.Keys)}");

    public static string Write(SslMode mode) => Names.Single(pair => pair.Value == mode).Key;
}
