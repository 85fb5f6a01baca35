using System.Text.Json;

namespace Pipeline.Engines.Docker.Hosts;

/// <summary>
/// Where the <c>docker</c> command goes when it is told no host: DOCKER_HOST comes first, then DOCKER_CONTEXT, then the context in use. See
/// https://docs.docker.com/engine/manage-resources/contexts/.
/// </summary>
internal static class LocalEngine
{
    /// <summary>Whether that is a socket of this machine.</summary>
    public static bool IsUsed()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host)
            return host.StartsWith("unix://", StringComparison.Ordinal);
        var context = Environment.GetEnvironmentVariable("DOCKER_CONTEXT") is { Length: > 0 } named ? named : InUse();
        return context is null or "" or "default";
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
