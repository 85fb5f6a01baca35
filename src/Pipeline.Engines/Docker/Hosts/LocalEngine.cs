using System.Text.Json;

namespace Pipeline.Engines.Docker.Hosts;

/// <summary>
/// Where the <c>docker</c> command goes when it is told no host: DOCKER_HOST comes first, then DOCKER_CONTEXT, then the context in use. See
/// https://docs.docker.com/engine/manage-resources/contexts/.
/// </summary>
internal static class LocalEngine
{
    private const string Scheme = "unix://";
    private const string Standard = "/var/run/docker.sock";

    /// <summary>Whether that is a socket of this machine.</summary>
    public static bool IsUsed()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host)
            return host.StartsWith(Scheme, StringComparison.Ordinal);
        var context = Environment.GetEnvironmentVariable("DOCKER_CONTEXT") is { Length: > 0 } named ? named : InUse();
        return context is null or "" or "default";
    }

    /// <summary>The socket of this machine that <c>docker</c> would try, when there is no such file; null when there is one, or another machine is meant.</summary>
    public static string? MissingSocket()
    {
        if (!OperatingSystem.IsLinux() || !IsUsed())
            return null;
        var path = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host ? host[Scheme.Length..] : Standard;
        return Path.Exists(path) ? null : path;
    }

    private static string? InUse()
    {
        var folder = Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        var file = Path.Combine(folder, "config.json");
        if (!File.Exists(file))
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            return document.RootElement.TryGetProperty("currentContext", out var context) ? context.GetString() : null;
        }
        catch (Exception unread) when (unread is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return $"what {file} says, which cannot be read: {unread.Message}";
        }
    }
}
