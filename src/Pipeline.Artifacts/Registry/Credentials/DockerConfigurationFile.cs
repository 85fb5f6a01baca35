using System.Text.Json;
using System.Text.Json.Serialization;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Registry.Credentials;

/// <summary>What is read of Docker's <c>config.json</c>: https://docs.docker.com/reference/cli/docker/#docker-cli-configuration-file-configjson-properties.</summary>
internal sealed record DockerConfigurationFile
{
    [JsonPropertyName("auths")]
    public IReadOnlyDictionary<string, Entry>? Entries { get; init; }

    [JsonPropertyName("credsStore")]
    public string? Store { get; init; }

    [JsonPropertyName("credHelpers")]
    public IReadOnlyDictionary<string, string>? Helpers { get; init; }

    /// <summary>An empty configuration when there is no such file.</summary>
    /// <exception cref="DeliveryException">The file is damaged or may not be read. The message shows nothing of what is in it.</exception>
    public static DockerConfigurationFile Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<DockerConfigurationFile>(File.ReadAllBytes(path)) ?? new() : new();
        }
        catch (JsonException damaged)
        {
            throw new DeliveryException($"{path}, which holds the credentials for registries, is damaged at line {damaged.LineNumber + 1}; mend it, or delete it and run docker login again");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{path}, which holds the credentials for registries, cannot be read: {refused.Message}", refused);
        }
    }

    /// <summary>What the variable <c>DOCKER_AUTH_CONFIG</c> holds: https://docs.docker.com/reference/cli/docker/login/#docker_auth_config. Empty when it is not set.</summary>
    /// <exception cref="DeliveryException">It is no such JSON. The message shows nothing of what is in it.</exception>
    public static DockerConfigurationFile Parse(string? variable)
    {
        try
        {
            return string.IsNullOrWhiteSpace(variable) ? new() : JsonSerializer.Deserialize<DockerConfigurationFile>(variable) ?? new();
        }
        catch (JsonException damaged)
        {
            throw new DeliveryException($"{DockerCredentials.Variable}, which holds credentials for registries, is no JSON as in Docker's config.json (line {damaged.LineNumber + 1}); set it to {{\"auths\":{{\"HOST\":{{\"auth\":\"…\"}}}}}}");
        }
    }

    /// <summary>One registry's credentials, when they lie in the file itself.</summary>
    internal sealed record Entry
    {
        /// <summary>User and password with a colon between, in base64.</summary>
        [JsonPropertyName("auth")]
        public string? Authentication { get; init; }

        [JsonPropertyName("username")]
        public string? User { get; init; }

        [JsonPropertyName("password")]
        public string? Password { get; init; }

        [JsonPropertyName("identitytoken")]
        public string? IdentityToken { get; init; }

        [JsonPropertyName("registrytoken")]
        public string? RegistryToken { get; init; }
    }
}
