using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Pipeline.Artifacts.Registry.Credentials;

namespace Pipeline.Artifacts.Registry.Authorization;

/// <summary>
/// Tells registries who asks, in the way each of them wants: nothing, user and password, or a token for what is to be done. A registry is asked without first; what
/// it wants is remembered, and so is a token until shortly before its end.
/// </summary>
internal sealed class Authorizer(DockerCredentials credentials, TokenServer tokens, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, Challenge> wanted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AccessToken> known = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>The header for a request; null as long as the registry has not asked for one.</summary>
    public async Task<AuthenticationHeaderValue?> HeaderAsync(RegistryAccess access, CancellationToken cancellation)
    {
        if (!wanted.TryGetValue(access.Repository.Host, out var challenge))
            return null;
        var credential = await credentials.FindAsync(access.Repository.Host, cancellation);
        if (credential is { Kind: CredentialKind.RegistryToken })
            return new("Bearer", credential.Secret);
        if (challenge.Scheme == Challenge.Basic)
            return TokenServer.Basic(credential!);
        return new("Bearer", await TokenAsync(challenge, access, credential, cancellation));
    }

    /// <summary>Learns from an answer of 401 what to do next time.</summary>
    /// <param name="access">What was to be done.</param>
    /// <param name="used">The header that was refused; null when there was none.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="again">Whether the request was refused before with what was learned then.</param>
    /// <param name="cancellation">Ends the looking for credentials.</param>
    /// <exception cref="RegistryException">There is nothing else to try.</exception>
    public async Task LearnAsync(RegistryAccess access, AuthenticationHeaderValue? used, HttpResponseMessage answer, bool again, CancellationToken cancellation)
    {
        var host = access.Repository.Host;
        var challenges = Challenge.Of(answer);
        var credential = await credentials.FindAsync(host, cancellation);
        var challenge = challenges.FirstOrDefault(each => each.Scheme == Challenge.Bearer && each.Realm is not null)
            ?? challenges.FirstOrDefault(each => each.Scheme == Challenge.Basic)
            ?? throw Refused($"registry {host} answers 401 without saying how it wants to be told who asks, by user and password or by token; see its configuration");
        // A token may have ended while it travelled: that is worth a second one. A password does not change.
        if (again || (used is not null && challenge.Scheme == Challenge.Basic))
            throw Refused($"registry {host} refuses {credential?.ToString() ?? "anybody without credentials"}, who wants to {access.Verb} {access.Repository.Name} "
                + $"(401{(challenge.Error is null ? "" : $" {challenge.Error}")}); run docker login {host} as somebody who may");
        if (credential is null && challenge.Scheme == Challenge.Basic)
            throw Refused($"registry {host} wants to know who asks, and {credentials.Path} has no credentials for it; run docker login {host}");
        if (used?.Parameter is { } token)
            Forget(token);
        wanted[host] = challenge;
    }

    /// <summary>Who asks, for messages.</summary>
    public async Task<string> DescribeAsync(RegistryAccess access, CancellationToken cancellation) =>
        wanted.ContainsKey(access.Repository.Host) && await credentials.FindAsync(access.Repository.Host, cancellation) is { } credential
            ? credential.ToString()
            : "anybody without credentials";

    public void Dispose() => turn.Dispose();

    private async Task<string> TokenAsync(Challenge challenge, RegistryAccess access, RegistryCredential? credential, CancellationToken cancellation)
    {
        var key = $"{access.Repository.Host} {string.Join(' ', access.Scopes)}";
        if (Valid(key) is { } ready)
            return ready;
        await turn.WaitAsync(cancellation);
        try
        {
            if (Valid(key) is { } fresh)
                return fresh;
            var token = await tokens.AskAsync(challenge, access, credential, cancellation);
            known[key] = token;
            return token.Value;
        }
        finally
        {
            turn.Release();
        }
    }

    private string? Valid(string key) => known.TryGetValue(key, out var token) && time.GetUtcNow() < token.Until ? token.Value : null;

    private void Forget(string token)
    {
        foreach (var (key, _) in known.Where(pair => pair.Value.Value == token))
            known.TryRemove(key, out _);
    }

    private static RegistryException Refused(string message) => new(message) { Status = HttpStatusCode.Unauthorized };
}
