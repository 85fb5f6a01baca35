using System.Collections.Concurrent;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Registry.Protocol;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>
/// Fetches one image: what names it first, then what the store lacks of its blobs, several at a time. Nothing of it is visible in the store before all of it is there.
/// </summary>
internal sealed class Pull(RepositoryConnection connection, RegistryReference image, LocalLayout layout, RegistrySettings settings, IDeliveryLog log, TimeProvider time)
{
    private readonly ManifestApi manifests = new(connection);
    private readonly ConcurrentDictionary<Digest, long> received = new();

    public async Task<PulledImage> RunAsync(PulledParts parts, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var (documents, root) = await ResolveAsync(cancellation);
                var attachments = parts == PulledParts.WithAttachments ? await AttachmentsAsync(root.Digest, cancellation) : [];
                ManifestDocument[] named = [root, .. attachments];
                var pulled = await FetchAsync(new([.. documents, .. attachments], named, [.. named.SelectMany(document => document.Blobs).DistinctBy(blob => blob.Digest)], new HashSet<Digest>()), cancellation);
                if (!await layout.AdoptAsync(pulled, cancellation))
                    continue;
                PartialFile.DeleteAbandoned(layout.Root, time.GetUtcNow());
                return new PulledImage(root.Digest, received.Values.Sum(), [.. attachments.Select(each => each.Digest)]);
            }
        }
        catch (Exception fault) when (DiskFault.IsDiskFault(fault))
        {
            throw DiskFault.Describe($"pulling {image}", layout.Root, fault);
        }
    }

    /// <summary>The image for the platform and, where the reference means an index, the index that names it.</summary>
    private async Task<(IReadOnlyList<ManifestDocument> Documents, ManifestDocument Root)> ResolveAsync(CancellationToken cancellation)
    {
        var asked = await ReadAsync(image.Identifier, cancellation) ?? throw Missing(image.Identifier);
        if (!asked.IsIndex)
            return ([asked], asked);
        var chosen = PlatformChoice.Choose(asked, settings.Platform, $"{image} ({asked.Digest})").Digest;
        var root = await ReadAsync(chosen.Value, cancellation) ?? throw Missing(chosen.Value);
        return root.IsIndex
            ? throw new RegistryException($"{connection.Subject} has an index within an index at {chosen}; name the inner one")
            : ([asked, root], root);
    }

    /// <summary>Those that refer to the image, and those that refer to them.</summary>
    private async Task<IReadOnlyList<ManifestDocument>> AttachmentsAsync(Digest subject, CancellationToken cancellation)
    {
        var referrers = new ReferrersApi(connection, manifests, time);
        var found = new List<ManifestDocument>();
        var open = new Queue<Digest>([subject]);
        while (open.TryDequeue(out var next))
        {
            foreach (var entry in await referrers.ListAsync(next, cancellation))
            {
                if (found.Any(known => known.Digest == entry.Digest))
                    continue;
                var document = await ReadAsync(entry.Digest.Value, cancellation) ?? throw Missing(entry.Digest.Value);
                if (document.IsIndex || document.Content.Subject?.Digest != next)
                    throw new RegistryException($"{connection.Subject} says that {entry.Digest} refers to {next}, and it does not; find out who wrote that list, and push the image again");
                found.Add(document);
                open.Enqueue(entry.Digest);
            }
        }
        return found;
    }

    /// <summary>What a digest names never changes, so the store is asked first.</summary>
    private async Task<ManifestDocument?> ReadAsync(string identifier, CancellationToken cancellation) =>
        (Digest.TryParse(identifier, out var digest) ? await layout.FindAsync(digest, cancellation) : null) ?? await manifests.FindAsync(identifier, cancellation);

    private async Task<PulledContent> FetchAsync(PulledContent content, CancellationToken cancellation)
    {
        var missing = new ConcurrentBag<Descriptor>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellation };
        await Parallel.ForEachAsync(content.Blobs, parallel, async (blob, token) =>
        {
            if (!await layout.HasAsync(blob, token))
                missing.Add(blob);
        });
        var tally = new TransferTally($"pulling {image}", [.. missing.Select(blob => blob.Size)], log, time);
        try
        {
            // The longest first: it is the one that the others wait for.
            await Parallel.ForEachAsync(missing.OrderByDescending(blob => blob.Size), parallel, async (blob, token) => await FetchAsync(blob, Role(content, blob), tally, token));
        }
        catch (Exception fault) when (DiskFault.IsFull(fault))
        {
            Discard(missing);
            throw;
        }
        return content with { Fetched = missing.Select(blob => blob.Digest).ToHashSet() };
    }

    private async Task FetchAsync(Descriptor blob, string role, TransferTally tally, CancellationToken cancellation)
    {
        using var partial = await PartialFile.OpenAsync(layout.Root, blob.Digest, cancellation);
        var download = new BlobDownload(connection, blob, role, partial, settings, time, position => tally.At(blob.Digest, position));
        received[blob.Digest] = await download.RunAsync(cancellation);
    }

    /// <summary>On a full disk, space is worth more than what need not be fetched again.</summary>
    private void Discard(IEnumerable<Descriptor> blobs)
    {
        foreach (var blob in blobs)
            File.Delete(PartialFile.PathOf(layout.Root, blob.Digest));
    }

    private static string Role(PulledContent content, Descriptor blob)
    {
        var owner = content.Named.First(document => document.Blobs.Any(each => each.Digest == blob.Digest));
        var number = (owner.Content.Layers ?? []).Select(layer => layer.Digest).ToList().IndexOf(blob.Digest);
        var part = number < 0 ? "the configuration" : $"layer {number + 1} of {owner.Content.Layers!.Count}";
        return $"{part} of {owner.Digest}";
    }

    private RegistryException Missing(string identifier) => new(
        $"{connection.Subject} has no image {identifier}; push it with ./build.sh --target PushImage --registry {image.Repository} where it was built, or check the name")
    { Status = System.Net.HttpStatusCode.NotFound };
}

/// <summary>How much of an image a pull fetches.</summary>
internal enum PulledParts
{
    /// <summary>The image.</summary>
    ImageAlone,

    /// <summary>The image and all manifests that refer to it.</summary>
    WithAttachments,
}
