using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pipeline.Artifacts.Registry.Credentials;
using Pipeline.Artifacts.Registry.Http;

namespace Pipeline.Artifacts.Registry.Authorization;

/// <summary>Asks a registry's token server for a token: https://distribution.github.io/distribution/spec/auth/token and …/auth/oauth.</summary>
internal sealed class TokenServer(NetworkClient network, AnswerReader answers, RegistryAddresses addresses, TimeProvider time)
{
    private const string Client = "pipeline";

    // A token that ends while it travels is worth nothing.
    private const double UsedShare = 0.8;

    /// <exception cref="RegistryException">The server cannot be reached, refused, or gave no token.</exception>
    public async Task<AccessToken> AskAsync(Challenge challenge, RegistryAccess access, RegistryCredential? credential, CancellationToken cancellation)
    {
        var registry = access.Repository.Host;
        var realm = Realm(challenge, registry, credential);
        var begun = time.GetUtcNow();
        using var request = Request(realm, challenge.Service, access.Scopes, credential);
        using var answer = await network.SendAsync(request, $"token server {realm.Host} of registry {registry}", cancellation);
        if (!answer.IsSuccessStatusCode)
            throw await RefusalAsync(answer, realm, access, credential, cancellation);
        var token = await ReadAsync(answer, realm, registry, cancellation);
        return new AccessToken(token.Value!, begun + token.Life * UsedShare);
    }

    private Uri Realm(Challenge challenge, string registry, RegistryCredential? credential)
    {
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || realm.Scheme is not ("http" or "https"))
            throw new RegistryException($"registry {registry} asks for a token of '{challenge.Realm}', which is no address; mend its configuration (auth.token.realm)");
        if (credential is not null && realm.Scheme == "http" && !addresses.MayBePlain(realm.Authority))
            throw new RegistryException($"registry {registry} asks for a token of {realm}, where the password would travel unencrypted; give the token server a certificate, or name {realm.Authority} insecure");
        return realm;
    }

    private static HttpRequestMessage Request(Uri realm, string? service, IReadOnlyList<string> scopes, RegistryCredential? credential)
    {
        if (credential is { Kind: CredentialKind.IdentityToken })
        {
            var form = new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token",
                ["refresh_token"] = credential.Secret,
                ["client_id"] = Client,
                ["scope"] = string.Join(' ', scopes),
                ["service"] = service ?? "",
            };
            return new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(form) };
        }
        var query = scopes.Select(scope => $"scope={Uri.EscapeDataString(scope)}").Prepend($"service={Uri.EscapeDataString(service ?? "")}");
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(realm) { Query = string.Join('&', query.Prepend(realm.Query.TrimStart('?')).Where(part => part.Length > 0)) }.Uri);
        if (credential is not null)
            request.Headers.Authorization = Basic(credential);
        return request;
    }

    public static AuthenticationHeaderValue Basic(RegistryCredential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Secret}")));

    private async Task<TokenAnswer> ReadAsync(HttpResponseMessage answer, Uri realm, string registry, CancellationToken cancellation)
    {
        try
        {
            var token = JsonSerializer.Deserialize<TokenAnswer>(await answers.ReadAsync(answer, $"token server {realm.Host} of registry {registry}", cancellation));
            if (token?.Value is { Length: > 0 })
                return token;
        }
        catch (JsonException)
        {
            // Said below, as for an answer without a token.
        }
        throw new RegistryException($"token server {realm.Host} of registry {registry} gave an answer without a token; see its log");
    }

    private async Task<RegistryException> RefusalAsync(
        HttpResponseMessage answer, Uri realm, RegistryAccess access, RegistryCredential? credential, CancellationToken cancellation)
    {
        var host = access.Repository.Host;
        if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            var who = credential is null ? "anybody without credentials" : credential.ToString();
            return new RegistryException($"token server {realm.Host} of registry {host} refuses {who} ({(int)answer.StatusCode}); run docker login {host}") { Status = answer.StatusCode };
        }
        return await answers.FaultAsync(answer, $"token server {realm.Host} of registry {host}", cancellation);
    }
}
