using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Registry.Protocol;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry.Transfer;

/// <summary>An artifact store as the other end of a transfer: its manifests as bytes, whatever they are about.</summary>
internal sealed class LocalLayout(string root)
{
    private readonly IndexFile index = new(root);

    public string Root { get; } = root;

    public BlobFolder Blobs { get; } = new(root);

    /// <summary>A manifest or an index, hashed.</summary>
    /// <exception cref="DeliveryException">It is missing or was changed.</exception>
    public async Task<ManifestDocument> ReadAsync(Digest digest, CancellationToken cancellation)
    {
        await using var blob = await Blobs.OpenVerifiedAsync(new() { MediaType = "", Digest = digest, Size = -1 }, digest, "manifest", cancellation);
        if (blob.Length > LayerLimits.DocumentBytes)
            throw new DeliveryException($"{digest} in {Root} has {blob.Length} bytes, and a manifest at most {LayerLimits.DocumentBytes}; give the digest of an image");
        var bytes = new byte[blob.Length];
        await blob.ReadExactlyAsync(bytes, cancellation);
        return ManifestDocument.Read(bytes, declared: null, $"{digest} in {Root}");
    }

    /// <summary>A manifest or an index when it is there, unharmed.</summary>
    public async Task<ManifestDocument?> FindAsync(Digest digest, CancellationToken cancellation)
    {
        try
        {
            return File.Exists(Blobs.PathOf(digest)) ? await ReadAsync(digest, cancellation) : null;
        }
        catch (DeliveryException)
        {
            // What is damaged is fetched anew, which heals it.
            return null;
        }
    }

    /// <summary>Whether a blob is there, unharmed.</summary>
    public async Task<bool> HasAsync(Descriptor blob, CancellationToken cancellation)
    {
        try
        {
            if (!File.Exists(Blobs.PathOf(blob.Digest)))
                return false;
            await using var file = await Blobs.OpenVerifiedAsync(blob, blob.Digest, "blob", cancellation);
            return true;
        }
        catch (DeliveryException)
        {
            return false;
        }
    }

    /// <summary>The manifests that refer to one, and those that refer to these, each after what it refers to.</summary>
    /// <exception cref="DeliveryException">One of them is missing or was changed.</exception>
    public async Task<IReadOnlyList<ManifestDocument>> AttachmentsOfAsync(Digest digest, CancellationToken cancellation)
    {
        var reader = new AttachmentReader(Blobs, index);
        var found = new List<ManifestDocument>();
        var open = new Queue<Digest>([digest]);
        while (open.TryDequeue(out var subject))
        {
            foreach (var entry in index.Read().Manifests)
            {
                if (await reader.SubjectOfAsync(entry, cancellation) != subject || found.Any(known => known.Digest == entry.Digest))
                    continue;
                found.Add(await ReadAsync(entry.Digest, cancellation));
                open.Enqueue(entry.Digest);
            }
        }
        return found;
    }

    /// <summary>Makes visible what was fetched: blobs first, then manifests, then the names in the index.</summary>
    /// <returns>False when a blob that was found here earlier is gone meanwhile: then nothing was done, and looking again finds what is missing.</returns>
    public async Task<bool> AdoptAsync(PulledContent pulled, CancellationToken cancellation)
    {
        using var folderLock = await FolderLock.TakeAsync(Root, cancellation);
        Directory.CreateDirectory(Blobs.Folder);
        foreach (var blob in pulled.Blobs)
        {
            var partial = PartialFile.PathOf(Root, blob.Digest);
            if (pulled.Fetched.Contains(blob.Digest) && File.Exists(partial))
                File.Move(partial, Blobs.PathOf(blob.Digest), overwrite: true);
            else if (!File.Exists(Blobs.PathOf(blob.Digest)))
                return false;
        }
        DirectorySync.Flush(Blobs.Folder);
        foreach (var document in pulled.Documents)
            await Blobs.AddAsync(folderLock, document.MediaType, (output, token) => output.WriteAsync(document.Bytes, token).AsTask(), cancellation);
        foreach (var document in pulled.Named)
            Name(folderLock, document);
        return true;
    }

    /// <summary>Names a manifest in the index as if it had been made here.</summary>
    private void Name(FolderLock folderLock, ManifestDocument document)
    {
        var annotations = new Dictionary<string, string>(document.Content.Annotations ?? new Dictionary<string, string>());
        if (document.Content.Subject is { } subject)
        {
            annotations[AnnotationKeys.Subject] = subject.Digest.Value;
            index.Attach(folderLock, document.ToDescriptor() with { ArtifactType = document.ArtifactType, Annotations = annotations });
            return;
        }
        if (annotations.TryGetValue(AnnotationKeys.Version, out var version))
            annotations[AnnotationKeys.ReferenceName] = version;
        index.Add(folderLock, document.ToDescriptor() with { Annotations = annotations.Count == 0 ? null : annotations });
    }
}
