using System.Net;
using System.Net.Http.Headers;
using Pipeline.Artifacts.Registry.Http;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>Manifests and indexes of one repository.</summary>
internal sealed class ManifestApi(RepositoryConnection connection)
{
    private const string SubjectHeader = "OCI-Subject";

    /// <summary>Whether the registry has it.</summary>
    /// <exception cref="RegistryException">The registry does not say.</exception>
    public async Task<bool> HasAsync(string identifier, CancellationToken cancellation)
    {
        var request = connection.Request(HttpMethod.Head, $"manifests/{identifier}") with { Accept = ManifestTypes.Understood };
        using var answer = await connection.SendAsync(request, cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            _ => throw await connection.FaultAsync(answer, cancellation),
        };
    }

    /// <summary>Reads one by digest or tag; null when the registry has none.</summary>
    /// <exception cref="RegistryException">The registry does not say, or sent something else than what the digest names.</exception>
    public async Task<ManifestDocument?> FindAsync(string identifier, CancellationToken cancellation)
    {
        var request = connection.Request(HttpMethod.Get, $"manifests/{identifier}") with { Accept = ManifestTypes.Understood };
        return await connection.Attempts.RunAsync(token => ReadAsync(request, identifier, token), cancellation);
    }

    /// <summary>Writes one, all that it names being there already. Doing it twice changes nothing.</summary>
    /// <returns>Whether the registry has taken note of what it refers to, so that its referrers API lists it there.</returns>
    /// <exception cref="RegistryException">The registry refused it.</exception>
    public async Task<bool> PutAsync(ManifestDocument manifest, string identifier, CancellationToken cancellation)
    {
        var request = connection.Request(HttpMethod.Put, $"manifests/{identifier}") with { Content = () => Body(manifest) };
        using var answer = await connection.SendAsync(request, cancellation);
        return answer.IsSuccessStatusCode ? answer.Headers.Contains(SubjectHeader) : throw await connection.FaultAsync(answer, cancellation);
    }

    private async Task<ManifestDocument?> ReadAsync(RegistryRequest request, string identifier, CancellationToken cancellation)
    {
        using var answer = await connection.SendOnceAsync(request, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        if (answer.StatusCode != HttpStatusCode.OK)
            throw await connection.FaultAsync(answer, cancellation);
        var subject = $"{connection.Subject} manifest {identifier}";
        var bytes = await connection.Answers.ReadAsync(answer, subject, cancellation);
        RequireDigest(bytes, identifier);
        return ManifestDocument.Read(bytes, answer.Content.Headers.ContentType?.MediaType, subject);
    }

    /// <summary>Before anything of it is read.</summary>
    private void RequireDigest(byte[] bytes, string identifier)
    {
        var actual = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))}";
        if (Digest.TryParse(identifier, out var asked) && actual != asked.Value)
            throw new RegistryException(
                $"{connection.Subject} sent a manifest that hashes to {actual} where {asked} was asked for: it was changed on its disk or on the way; nothing of it was kept. "
                + "Find out who did that, and restore the registry's storage or push to another repository");
    }

    private static ByteArrayContent Body(ManifestDocument manifest) =>
        new(manifest.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue(manifest.MediaType) } };
}
