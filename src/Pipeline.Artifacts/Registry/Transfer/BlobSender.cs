using System.Net;
using Pipeline.Artifacts.Registry.Protocol;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>Sees to it that a repository has blobs: it may have them already, or take them from another repository, or be sent them.</summary>
internal sealed class BlobSender(RepositoryConnection connection, LocalLayout layout, IReadOnlyList<string> mountFrom, RegistrySettings settings, TransferTally tally)
{
    private readonly BlobApi blobs = new(connection);
    private long sent;
    private int blobsSent;
    private int blobsMounted;
    private int blobsFound;

    public long Sent => sent;

    public int BlobsSent => blobsSent;

    public int BlobsMounted => blobsMounted;

    public int BlobsFound => blobsFound;

    public async Task SendAsync(PushedBlob blob, CancellationToken cancellation)
    {
        var digest = blob.Descriptor.Digest;
        if (await blobs.HasAsync(digest, cancellation))
            Interlocked.Increment(ref blobsFound);
        else if (await MountAsync(digest, cancellation))
            Interlocked.Increment(ref blobsMounted);
        else
            await UploadAsync(blob, cancellation);
        tally.At(digest, blob.Descriptor.Size);
    }

    /// <summary>https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#mounting-a-blob-from-another-repository. Whatever stands against it, the blob can still be sent.</summary>
    private async Task<bool> MountAsync(Digest digest, CancellationToken cancellation)
    {
        foreach (var name in mountFrom)
        {
            try
            {
                if (await MountAsync(connection.AlsoReading(name), digest, name, cancellation))
                    return true;
            }
            catch (RegistryException fault) when (!fault.IsTransient)
            {
                // Nobody owes us the right to read there.
            }
        }
        return false;
    }

    private static async Task<bool> MountAsync(RepositoryConnection connection, Digest digest, string from, CancellationToken cancellation)
    {
        var request = connection.Request(HttpMethod.Post, $"blobs/uploads/?mount={digest}&from={Uri.EscapeDataString(from)}") with { Content = () => new ByteArrayContent([]) };
        using var answer = await connection.SendAsync(request, cancellation);
        // A registry that does not mount opens an upload instead.
        if (answer.StatusCode == HttpStatusCode.Accepted)
            await BlobUpload.AbandonAsync(connection, answer);
        return answer.StatusCode == HttpStatusCode.Created;
    }

    private async Task UploadAsync(PushedBlob blob, CancellationToken cancellation)
    {
        // Hashed before it is sent: what was changed on this disk is named here, with its remedy, and never travels.
        await using var file = await layout.Blobs.OpenVerifiedAsync(blob.Descriptor, blob.Owner, "blob to be pushed", cancellation);
        var upload = new BlobUpload(
            connection, blob.Descriptor.Digest, file.SafeFileHandle, blob.Descriptor.Size, settings.PieceSize, position => tally.At(blob.Descriptor.Digest, position));
        try
        {
            await upload.SendAsync(cancellation);
        }
        catch
        {
            await upload.AbandonAsync();
            throw;
        }
        Interlocked.Increment(ref blobsSent);
        Interlocked.Add(ref sent, blob.Descriptor.Size);
    }
}
