using Pipeline.Artifacts.Registry.Protocol;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>
/// Sends one image with all that refers to it: blobs first, several at a time, then manifests, each after what it names. So whoever finds a manifest finds all of it,
/// and a push that broke off leaves nothing that anybody sees.
/// </summary>
internal sealed class Push(RepositoryConnection connection, LocalLayout layout, PushSettings push, RegistrySettings settings, IDeliveryLog log, TimeProvider time)
{
    // https://github.com/opencontainers/image-spec/blob/v1.1.0/annotations.md
    private const string BaseName = "org.opencontainers.image.base.name";
    private readonly ManifestApi manifests = new(connection);

    public async Task<PushedImage> RunAsync(Digest digest, CancellationToken cancellation)
    {
        var content = await PushedContent.ReadAsync(layout, digest, cancellation);
        var blobs = content.Blobs;
        var tally = new TransferTally($"pushing {connection.Repository}@{digest}", [.. blobs.Select(blob => blob.Descriptor.Size)], log, time);
        var sender = new BlobSender(connection, layout, MountableFrom(content), settings, tally);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellation };
        await Parallel.ForEachAsync(blobs, parallel, async (blob, token) => await sender.SendAsync(blob, token));
        foreach (var manifest in content.Images)
            await PutAsync(manifest, cancellation);
        await AttachAsync(content.Attachments, cancellation);
        if (push.Tag is { } tag)
            await manifests.PutAsync(content.Root, RegistryReference.Of(connection.Repository, tag).Tag!, cancellation);
        return new PushedImage(
            RegistryReference.Of(connection.Repository, digest), sender.Sent, sender.BlobsSent, sender.BlobsMounted, sender.BlobsFound, [.. content.Attachments.Select(each => each.Digest)]);
    }

    /// <summary>Whether there is nothing left to send.</summary>
    public async Task<bool> IsDoneAsync(Digest digest, CancellationToken cancellation)
    {
        var content = await PushedContent.ReadAsync(layout, digest, cancellation);
        foreach (var manifest in content.Images.Concat(content.Attachments))
        {
            if (!await manifests.HasAsync(manifest.Digest.Value, cancellation))
                return false;
        }
        if (push.Tag is { } tag && (await manifests.FindAsync(tag, cancellation))?.Digest != digest)
            return false;
        return await HasBlobsAsync(content, cancellation) && await HasReferrersAsync(content, cancellation);
    }

    private async Task<bool> HasBlobsAsync(PushedContent content, CancellationToken cancellation)
    {
        var blobs = new BlobApi(connection);
        foreach (var blob in content.Blobs)
        {
            if (!await blobs.HasAsync(blob.Descriptor.Digest, cancellation))
                return false;
        }
        return true;
    }

    private async Task<bool> HasReferrersAsync(PushedContent content, CancellationToken cancellation)
    {
        var referrers = new ReferrersApi(connection, manifests, time);
        foreach (var group in content.Attachments.GroupBy(attachment => attachment.Content.Subject!.Digest))
        {
            var listed = await referrers.ListAsync(group.Key, cancellation);
            if (group.Any(attachment => listed.All(entry => entry.Digest != attachment.Digest)))
                return false;
        }
        return true;
    }

    private async Task PutAsync(ManifestDocument manifest, CancellationToken cancellation)
    {
        if (!await manifests.HasAsync(manifest.Digest.Value, cancellation))
            await manifests.PutAsync(manifest, manifest.Digest.Value, cancellation);
    }

    private async Task AttachAsync(IReadOnlyList<ManifestDocument> attachments, CancellationToken cancellation)
    {
        var unlisted = new List<ManifestDocument>();
        foreach (var attachment in attachments)
        {
            if (!await manifests.PutAsync(attachment, attachment.Digest.Value, cancellation))
                unlisted.Add(attachment);
        }
        foreach (var group in unlisted.GroupBy(attachment => attachment.Content.Subject!.Digest))
            await new ReferrersApi(connection, manifests, time).AddAsync(group.Key, [.. group], cancellation);
    }

    /// <summary>The repositories that may have some of the blobs: those that were named, and that of the base, when the image says that it lies in the same registry.</summary>
    private IReadOnlyList<string> MountableFrom(PushedContent content)
    {
        var named = RegistryReference.TryParse(content.Root.Content.Annotations?.GetValueOrDefault(BaseName), out var reference)
            && reference.Repository.Host == connection.Repository.Host ? push.MountFrom.Append(reference.Repository.Name) : push.MountFrom;
        return [.. named.Where(name => name != connection.Repository.Name).Distinct(StringComparer.Ordinal)];
    }
}
