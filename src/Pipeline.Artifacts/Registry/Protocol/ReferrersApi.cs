using System.Net;
using System.Security.Cryptography;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>
/// The manifests that refer to another: https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-referrers. Where the registry has no such list,
/// clients keep it as an index under a tag made of the digest.
/// </summary>
internal sealed class ReferrersApi(RepositoryConnection connection, ManifestApi manifests, TimeProvider time)
{
    private const int MostRounds = 20;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(250);

    /// <summary>Those that refer to a manifest; none when it is unknown.</summary>
    public async Task<IReadOnlyList<Descriptor>> ListAsync(Digest subject, CancellationToken cancellation) =>
        await AskAsync(subject, cancellation) ?? (await manifests.FindAsync(TagOf(subject), cancellation))?.Manifests ?? [];

    /// <summary>
    /// Adds to the list under the tag, beside others who may be doing so at the same time: registries cannot compare before they replace, so it is looked at once more
    /// when whoever had read the list before has long written it.
    /// </summary>
    /// <exception cref="RegistryException">Others were always faster.</exception>
    public async Task AddAsync(Digest subject, IReadOnlyList<ManifestDocument> referrers, CancellationToken cancellation)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var listed = (await manifests.FindAsync(TagOf(subject), cancellation))?.Manifests ?? [];
            var missing = referrers.Where(referrer => listed.All(each => each.Digest != referrer.Digest)).ToArray();
            if (missing.Length == 0)
                return;
            var index = new ImageIndex { Manifests = [.. listed, .. missing.Select(Entry)] };
            await manifests.PutAsync(ManifestDocument.Read(CanonicalJson.Write(index), MediaTypes.Index, connection.Subject), TagOf(subject), cancellation);
            await Task.Delay(ShortestPause + ShortestPause * RandomNumberGenerator.GetInt32(100) / 100, time, cancellation);
        }
        throw new RegistryException(
            $"{connection.Subject} does not keep the list of what refers to {subject}, tag {TagOf(subject)}: somebody else writes there all the time; run again when they are done")
        { IsTransient = true };
    }

    private static string TagOf(Digest subject) => $"sha256-{subject.Hex}";

    /// <summary>Null when the registry does not know the question.</summary>
    private async Task<IReadOnlyList<Descriptor>?> AskAsync(Digest subject, CancellationToken cancellation)
    {
        var found = new List<Descriptor>();
        for (var page = connection.Address($"referrers/{subject}"); page is not null;)
        {
            var request = connection.Request(HttpMethod.Get, page) with { Accept = [MediaTypes.Index] };
            using var answer = await connection.SendAsync(request, cancellation);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
                return null;
            if (answer.StatusCode != HttpStatusCode.OK)
                throw await connection.FaultAsync(answer, cancellation);
            var name = $"{connection.Subject} list of what refers to {subject}";
            found.AddRange(ManifestDocument.Read(await connection.Answers.ReadAsync(answer, name, cancellation), MediaTypes.Index, name).Manifests);
            page = NextPage(answer, page);
        }
        return found;
    }

    /// <summary>The address in <c>Link: &lt;…&gt;; rel="next"</c>; null on the last page.</summary>
    private static Uri? NextPage(HttpResponseMessage answer, Uri page)
    {
        var link = answer.Headers.TryGetValues("Link", out var values) ? values.FirstOrDefault(value => value.Contains("rel=\"next\"", StringComparison.OrdinalIgnoreCase)) : null;
        return link is not null && link.IndexOf('<', StringComparison.Ordinal) is >= 0 and var begin && link.IndexOf('>', begin) is > 0 and var end
            ? new Uri(page, link[(begin + 1)..end])
            : null;
    }

    private static Descriptor Entry(ManifestDocument referrer) =>
        referrer.ToDescriptor() with { ArtifactType = referrer.ArtifactType, Annotations = referrer.Content.Annotations };
}
