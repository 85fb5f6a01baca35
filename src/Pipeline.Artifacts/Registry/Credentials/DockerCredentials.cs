using System.Text;
using Pipeline.Delivery;

namespace Pipeline.Artifacts.Registry.Credentials;

/// <summary>Finds the credentials for a registry where Docker would: the variable, a helper of its own, the store of all, the file.</summary>
/// <param name="folder">The folder of Docker's configuration.</param>
/// <param name="variable">What DOCKER_AUTH_CONFIG holds; null for nothing.</param>
internal sealed class DockerCredentials(string folder, string? variable) : IDisposable
{
    /// <summary>The variable that has credentials without a file.</summary>
    public const string Variable = "DOCKER_AUTH_CONFIG";

    private const string DockerHub = "docker.io";
    private const string DockerHubKey = "https://index.docker.io/v1/";
    private readonly Dictionary<string, RegistryCredential?> found = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The file that is asked, for messages.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "config.json");

    /// <summary>Null when there are none. What was found once is not looked for again.</summary>
    public async Task<RegistryCredential?> FindAsync(string host, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (!found.TryGetValue(host, out var credential))
                found[host] = credential = await LookAsync(host, cancellation);
            return credential;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<RegistryCredential?> LookAsync(string host, CancellationToken cancellation)
    {
        if (Read(DockerConfigurationFile.Parse(variable), host, Variable) is { } given)
            return given;
        var file = DockerConfigurationFile.Read(Path);
        if (file.Helpers?.GetValueOrDefault(host) is { Length: > 0 } helper)
            return await new CredentialHelper(helper, $"credHelpers of {Path}").FindAsync(Key(host), cancellation);
        return (file.Store is { Length: > 0 } store ? await new CredentialHelper(store, $"credsStore of {Path}").FindAsync(Key(host), cancellation) : null)
            ?? Read(file, host, Path);
    }

    private static RegistryCredential? Read(DockerConfigurationFile file, string host, string source)
    {
        var entry = (file.Entries ?? new Dictionary<string, DockerConfigurationFile.Entry>())
            .Where(candidate => HostOf(candidate.Key) == HostOf(Key(host))).Select(candidate => candidate.Value).FirstOrDefault();
        return entry switch
        {
            null => null,
            { RegistryToken.Length: > 0 } => new("", entry.RegistryToken, CredentialKind.RegistryToken, source),
            { IdentityToken.Length: > 0 } => new("", entry.IdentityToken, CredentialKind.IdentityToken, source),
            { Authentication.Length: > 0 } => Decode(entry.Authentication, host, source),
            { User.Length: > 0, Password.Length: > 0 } => new(entry.User, entry.Password, CredentialKind.Password, source),
            _ => null,
        };
    }

    private static RegistryCredential Decode(string authentication, string host, string source)
    {
        var bytes = new byte[authentication.Length];
        if (Convert.TryFromBase64String(authentication, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\0').Split(':', 2) is [{ Length: > 0 } user, var password])
        {
            return new RegistryCredential(user, password, CredentialKind.Password, source);
        }
        throw new DeliveryException($"{source}: auths, {host}: its auth is no user:password in base64; {(source == Variable ? $"correct the variable {Variable}, or unset it" : $"run docker login {host} again")}");
    }

    private static string Key(string host) => host == DockerHub ? DockerHubKey : host;

    /// <summary>Keys are written with a scheme and a path, or without.</summary>
    private static string HostOf(string key)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var rest = scheme < 0 ? key : key[(scheme + 3)..];
        return rest.Split('/')[0];
    }
}
