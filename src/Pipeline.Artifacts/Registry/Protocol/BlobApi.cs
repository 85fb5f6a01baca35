using System.Net;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Protocol;

/// <summary>Blobs of one repository, as far as they are read.</summary>
internal sealed class BlobApi(RepositoryConnection connection)
{
    /// <summary>Whether the repository has it.</summary>
    /// <exception cref="RegistryException">The registry does not say.</exception>
    public async Task<bool> HasAsync(Digest digest, CancellationToken cancellation)
    {
        using var answer = await connection.SendAsync(connection.Request(HttpMethod.Head, $"blobs/{digest}"), cancellation);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => true,
            HttpStatusCode.NotFound => false,
            _ => throw await connection.FaultAsync(answer, cancellation),
        };
    }

    /// <summary>Begins to read one, once. The caller disposes the answer, which is 200 from the first byte on, or 206 from the one that was asked for.</summary>
    /// <exception cref="RegistryException">The registry does not have it, or does not give it.</exception>
    public async Task<HttpResponseMessage> OpenAsync(Digest digest, long from, CancellationToken cancellation)
    {
        var answer = await connection.SendOnceAsync(connection.Request(HttpMethod.Get, $"blobs/{digest}") with { From = from }, cancellation);
        if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
            return answer;
        using (answer)
        {
            throw answer.StatusCode == HttpStatusCode.NotFound
                ? new RegistryException($"{connection.Subject} lacks blob {digest}, which a manifest there needs; push the image again from a clone that has it") { Status = answer.StatusCode }
                : await connection.FaultAsync(answer, cancellation);
        }
    }
}
