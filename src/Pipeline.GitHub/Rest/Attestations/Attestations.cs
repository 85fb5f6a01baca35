using System.Text.Json;
using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Attestations of artifacts: https://docs.github.com/rest/repos/attestations.</summary>
public sealed class Attestations
{
    private readonly GitHubConnection connection;
    private readonly string path;

    internal Attestations(GitHubConnection connection, string repository) => (this.connection, path) = (connection, $"{repository}/attestations");

    /// <summary>What was attested of an artifact.</summary>
    /// <param name="digest">The artifact, as <c>sha256:…</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<StoredAttestation> ListAsync(string digest, CancellationToken cancellation) =>
        connection.ListAsync<Page, StoredAttestation>($"{path}/{Uri.EscapeDataString(digest)}?per_page=100", page => page.Attestations, cancellation);

    /// <summary>Keeps an attestation with the repository.</summary>
    /// <param name="bundle">A Sigstore bundle: https://docs.sigstore.dev/about/bundle.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its number.</returns>
    public async Task<long> StoreAsync(JsonElement bundle, CancellationToken cancellation) =>
        (await connection.SendAsync<Stored>(HttpMethod.Post, path, new { Bundle = bundle }, Repeating.WouldDouble, cancellation)).Id;

    private sealed record Page(IReadOnlyList<StoredAttestation> Attestations);

    private sealed record Stored(long Id);
}

/// <summary>An attestation that GitHub keeps.</summary>
/// <param name="RepositoryId">The number of the repository that keeps it.</param>
/// <param name="Bundle">The Sigstore bundle; null where GitHub only says where it is. GitHub's word is not proof: verify it.</param>
/// <param name="BundleUrl">Where the bundle can be fetched for a while, compressed with Snappy; null where it is here.</param>
public sealed record StoredAttestation(long RepositoryId, JsonElement? Bundle = null, string? BundleUrl = null);
