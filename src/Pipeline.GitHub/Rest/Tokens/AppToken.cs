using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>
/// The token of an app where it is installed, made anew before it ends:
/// https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation.
/// </summary>
public sealed class AppToken : IGitHubToken, IDisposable
{
    // GitHub takes 10 minutes at most, and clocks differ.
    private static readonly TimeSpan Backdated = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(9);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly string app;
    private readonly RSA key = RSA.Create();
    private readonly RepositoryName repository;
    private readonly GitHubConnection connection;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim turn = new(1, 1);
    private InstallationToken? present;

    /// <summary>Signs in as an app in the repository that it is installed in.</summary>
    /// <param name="app">The app's client id or number.</param>
    /// <param name="privateKey">Its private key, in PEM.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="options">How GitHub is spoken to.</param>
    /// <param name="http">Sends the requests.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">The key is none of RSA in PEM, or has no private part.</exception>
    public AppToken(string app, string privateKey, RepositoryName repository, GitHubOptions options, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        ArgumentNullException.ThrowIfNull(time);
        (this.app, this.repository, this.time) = (app, repository, time);
        try
        {
            key.ImportFromPem(privateKey);
            // A public key is taken as well, and would fail only once something is signed.
            _ = key.ExportParameters(includePrivateParameters: true);
        }
        catch (Exception wrong) when (wrong is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException($"the key of app {app} is no private RSA key in PEM; take the file that GitHub gave when the key was made", wrong);
        }
        connection = new(http, options, new SignedIn(this), time);
    }

    /// <inheritdoc />
    public string Origin => $"app {app} in {repository}";

    /// <inheritdoc />
    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            if (present is null || present.ExpiresAt - time.GetUtcNow() < Margin)
                present = await FetchAsync(cancellation);
            return present.Token;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        key.Dispose();
        turn.Dispose();
    }

    private async Task<InstallationToken> FetchAsync(CancellationToken cancellation)
    {
        var installation = await connection.ReadAsync<Installation>($"repos/{repository}/installation", cancellation);
        return await connection.SendAsync<InstallationToken>(
            HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"app/installations/{installation.Id}/access_tokens"), new { repositories = new[] { repository.Name } }, Repeating.IsSafe, cancellation);
    }

    /// <summary>A JSON web token, RFC 7519, signed with RS256.</summary>
    private string Sign()
    {
        var now = time.GetUtcNow();
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { iat = (now - Backdated).ToUnixTimeSeconds(), exp = (now + Lifetime).ToUnixTimeSeconds(), iss = app });
        var text = $"{Encode("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Encode(claims)}";
        return $"{text}.{Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private sealed class SignedIn(AppToken owner) : IGitHubToken
    {
        public string Origin => $"the key of app {owner.app}";

        public Task<string> ReadAsync(CancellationToken cancellation) => Task.FromResult(owner.Sign());
    }

    private sealed record Installation(long Id);

    private sealed record InstallationToken(string Token, DateTimeOffset ExpiresAt);
}
