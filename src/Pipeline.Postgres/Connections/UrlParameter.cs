using System.Globalization;
using Npgsql;

namespace Pipeline.Postgres.Connections;

/// <summary>One parameter that an address may carry, by its libpq name, and what it is to Npgsql.</summary>
internal sealed record UrlParameter(string Name, Action<NpgsqlConnectionStringBuilder, string> Write, Func<NpgsqlConnectionStringBuilder, string?> Read)
{
    public static IReadOnlyList<UrlParameter> All { get; } =
    [
        new("application_name", (to, value) => to.ApplicationName = value, from => from.ApplicationName),
        new("channel_binding", (to, value) => to.ChannelBinding = Choice<ChannelBinding>(value), from => Changed(from, "Channel Binding", from.ChannelBinding)),
        new("connect_timeout", (to, value) => to.Timeout = Seconds(value), from => Changed(from, "Timeout", from.Timeout)),
        new("keepalives_idle", (to, value) => to.TcpKeepAliveTime = Seconds(value), from => Changed(from, "Tcp Keepalive Time", from.TcpKeepAliveTime)),
        new("keepalives_interval", (to, value) => to.TcpKeepAliveInterval = Seconds(value), from => Changed(from, "Tcp Keepalive Interval", from.TcpKeepAliveInterval)),
        new("options", (to, value) => to.Options = value, from => from.Options),
        new("sslcert", (to, value) => to.SslCertificate = value, from => from.SslCertificate),
        new("sslkey", (to, value) => to.SslKey = value, from => from.SslKey),
        new("sslmode", (to, value) => to.SslMode = SslModes.Read(value), from => from.ShouldSerialize("SSL Mode") ? SslModes.Write(from.SslMode) : null),
        new("sslrootcert", (to, value) => to.RootCertificate = value, from => from.RootCertificate),
    ];

    public static UrlParameter? Find(string name) => All.FirstOrDefault(parameter => parameter.Name == name);

    private static int Seconds(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? seconds
        : throw new FormatException("is no whole number of seconds");

    private static T Choice<T>(string value) where T : struct, Enum => Enum.GetNames<T>().Contains(value, StringComparer.OrdinalIgnoreCase)
        ? Enum.Parse<T>(value, ignoreCase: true)
        : throw new FormatException($"is none of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}");

    private static string? Changed(NpgsqlConnectionStringBuilder builder, string keyword, object value) =>
        builder.ShouldSerialize(keyword) ? Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant() : null;
}
