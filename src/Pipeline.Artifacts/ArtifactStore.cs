using System.Globalization;
using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Budgets;
using Pipeline.Artifacts.Docker;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;
using Pipeline.Artifacts.Systems;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts;

/// <summary>
/// The artifacts of this clone: an OCI image layout, https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md, that any OCI tool reads and
/// that works as it is after being copied to another machine. Writing is atomic at any moment and safe beside other writers; every read hashes what it reads,
/// unless it was hashed here before and the kernel says that nobody has touched it since.
/// </summary>
public sealed class ArtifactStore
{
    private readonly string root;
    private readonly BlobFolder blobs;
    private readonly IndexFile index;
    private readonly ImageReader images;
    private readonly AttachmentReader attachments;
    private readonly KnownTrees trees;

    /// <summary>Opens a store. Nothing is touched before it is used.</summary>
    /// <param name="root">The folder of the layout, normally <c>.pipeline/artifacts</c>; made by the first write.</param>
    public ArtifactStore(string root)
    {
        this.root = Path.GetFullPath(root);
        blobs = new BlobFolder(this.root);
        index = new IndexFile(this.root);
        images = new ImageReader(blobs);
        attachments = new AttachmentReader(blobs, index);
        trees = new KnownTrees(this.root);
    }

    /// <summary>Builds an image. One that is there already is written again, which heals it when it was damaged.</summary>
    /// <exception cref="DeliveryException">The specification has faults (all are listed), or the disk refused; then nothing of it is visible.</exception>
    public Task<Artifact> WriteAsync(ImageSpecification image, CancellationToken cancellation) => WriteAsync(ApplicationPlan.Of(image), cancellation);

    /// <summary>Builds the image of a system. One that is there already is written again, which heals it when it was damaged.</summary>
    /// <exception cref="DeliveryException">The specification has faults (all are listed), or the disk refused; then nothing of it is visible.</exception>
    public Task<Artifact> WriteAsync(SystemImageSpecification image, CancellationToken cancellation) => WriteAsync(SystemPlan.Of(image), cancellation);

    /// <summary>Takes in an image that <c>docker build</c> made. One that is there already is written again, which heals it when it was damaged.</summary>
    /// <exception cref="DeliveryException">The image has faults (all are listed), the archive is damaged, or the disk refused; then nothing of it is visible.</exception>
    public async Task<Artifact> ImportAsync(ImportedImage image, CancellationToken cancellation) =>
        await WriteAsync(await ImportPlan.OfAsync(image, cancellation), cancellation);

    /// <summary>Forgets what was hashed before: every byte is hashed anew when it is used next. It finds what changed on the disk without anybody writing.</summary>
    public void DoubtEverything()
    {
        blobs.DoubtAll();
        trees.Forget();
    }

    /// <summary>The manifest, the configuration and every layer are what their digests say, packed and unpacked.</summary>
    /// <exception cref="DeliveryException">The artifact is not here, or a blob is missing or was changed; all such blobs are named.</exception>
    public async Task<Artifact> VerifyAsync(Digest digest, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        await new ImageContent(blobs, image, trees).ReadTreeAsync(cancellation);
        return Describe(image);
    }

    /// <summary>The release that an artifact is: its version, its commit and its migrations, all read from hashed bytes.</summary>
    /// <exception cref="DeliveryException">As for <see cref="VerifyAsync"/>.</exception>
    public async Task<Release> ReadReleaseAsync(Digest digest, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        var migrations = await MigrationFiles.ReadAsync(new ImageContent(blobs, image, trees), image.WorkingDirectory, cancellation);
        var artifact = Describe(image);
        return new Release(digest, artifact.Version, artifact.Commit, migrations);
    }

    /// <summary>The artifacts that the index names, the latest written last. Their blobs are not read.</summary>
    /// <exception cref="DeliveryException">The index is damaged.</exception>
    public IReadOnlyList<ArtifactName> List() =>
        [.. index.Read().Manifests.Where(image => image.MediaType == MediaTypes.Manifest && image.ArtifactType is null).Select(Name)];

    /// <summary>Finds one artifact by its digest, by the beginning of its digest (at least 6 digits, with or without <c>sha256:</c>) or by its version.</summary>
    /// <exception cref="DeliveryException">None is meant, or more than one; the message lists those there are.</exception>
    public ArtifactName Find(string text)
    {
        var all = List();
        var meant = ArtifactSearch.Find(all, text);
        return meant.Count == 1 ? meant[0] : throw ArtifactSearch.Refusal(all, meant, text, root);
    }

    /// <summary>
    /// Attaches something to an artifact: a manifest of its own in the same layout, whose <c>subject</c> is the artifact. It replaces what was attached before
    /// of the same type, unless another key (annotation <c>pipeline.key</c>) signed that.
    /// </summary>
    /// <exception cref="DeliveryException">The artifact is not here or was changed, or the disk refused; then nothing of the attachment is visible.</exception>
    public async Task<Attachment> AttachAsync(Digest subject, AttachmentContent content, CancellationToken cancellation)
    {
        var image = await OpenAsync(subject, cancellation);
        try
        {
            using var folderLock = await FolderLock.TakeAsync(root, cancellation);
            return await new AttachmentWriter(blobs, index).WriteAsync(folderLock, image, content, cancellation);
        }
        catch (Exception fault) when (DiskFault.IsDiskFault(fault))
        {
            throw DiskFault.Describe($"{content.ArtifactType} of artifact {subject}", root, fault);
        }
    }

    /// <summary>What is attached to an artifact, as the referrers of a registry are: the latest attached last. Empty when nothing is, or there is no such artifact.</summary>
    /// <exception cref="DeliveryException">The index is damaged.</exception>
    public Task<IReadOnlyList<Attachment>> ListReferrersAsync(Digest subject, CancellationToken cancellation) => attachments.ListAsync(subject, cancellation);

    /// <summary>The bytes of an attachment, hashed.</summary>
    /// <exception cref="DeliveryException">Its manifest or its document is missing or was changed, or it is attached to something else.</exception>
    public Task<byte[]> ReadAttachmentAsync(Attachment attachment, CancellationToken cancellation) => attachments.ReadAsync(attachment, cancellation);

    /// <summary>Forgets every artifact but the given ones with what is attached to them, and deletes the blobs that nothing needs any more.</summary>
    /// <returns>What was forgotten.</returns>
    /// <exception cref="DeliveryException">The index or the manifest of an artifact to keep is damaged, or the disk refused; then nothing is deleted.</exception>
    public async Task<IReadOnlyList<ArtifactName>> PruneAsync(IReadOnlySet<Digest> keep, CancellationToken cancellation)
    {
        try
        {
            using var folderLock = await FolderLock.TakeAsync(root, cancellation);
            var forgotten = await new BlobPruning(blobs, index, images, attachments).RunAsync(folderLock, keep, Name, cancellation);
            foreach (var image in forgotten)
                trees.Forget(image.Digest);
            return forgotten;
        }
        catch (Exception fault) when (DiskFault.IsDiskFault(fault))
        {
            throw DiskFault.Describe("pruning the artifacts", root, fault);
        }
    }

    /// <summary>The artifact of which the index says this; null when it says so of none.</summary>
    internal Digest? Labelled(string annotation, string value) => index.Read().Manifests.LastOrDefault(image => image.Annotation(annotation) == value)?.Digest;

    /// <summary>The folder of the layout.</summary>
    internal string Root => root;

    /// <summary>The files of an artifact, every blob of which was hashed.</summary>
    internal async Task<(Image Image, ImageContent Content)> OpenContentAsync(Digest digest, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        return (image, new ImageContent(blobs, image, trees));
    }

    /// <summary>What an artifact is, what it is called, the digest of its base (null without one), and the images that its Dockerfile names.</summary>
    internal async Task<(Artifact Artifact, string Title, string? Base, IReadOnlyList<string> Images)> DescribeAsync(Digest digest, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        return (Describe(image), TitleOf(image), image.Fact(AnnotationKeys.BaseDigest), image.Fact(AnnotationKeys.BuildImages)?.Split(' ') ?? []);
    }

    /// <summary>How large an artifact and each of the application's files is.</summary>
    internal async Task<ArtifactSizes> MeasureAsync(Digest digest, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        var tree = await new ImageContent(blobs, image, trees).ReadTreeAsync(cancellation);
        return new ArtifactSizes(
            image.Size, image.Manifest.Layers.Skip(image.FirstApplicationLayer).Sum(layer => layer.Size),
            tree.Files.ToDictionary(file => file.Key, file => file.Value.Size, StringComparer.Ordinal), image.FirstApplicationLayer > 0);
    }

    /// <summary>Some files out of an artifact's layers, those of its base too, with what the artifact is and what it is called.</summary>
    internal async Task<(Artifact Artifact, string Title, SelectedFiles Files)> SelectAsync(
        Digest digest, Func<string, bool> wanted, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        return (Describe(image), TitleOf(image), await new FileSelection(blobs, image).ReadAsync(wanted, cancellation));
    }

    /// <summary>Some files out of the application's own layers.</summary>
    internal async Task<SelectedFiles> SelectOfApplicationAsync(Digest digest, Func<string, bool> wanted, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        return await new ImageContent(blobs, image, trees).SelectAsync(wanted, cancellation);
    }

    /// <summary>The files of an artifact's blobs.</summary>
    internal IEnumerable<string> BlobsOf(Image image) => blobs.PathsOf(image);

    /// <summary>The files of an image's layers, the lowest first, every one hashed.</summary>
    internal async Task<IReadOnlyList<string>> LayerFilesAsync(Digest digest, CancellationToken cancellation)
    {
        var image = await OpenAsync(digest, cancellation);
        return [.. image.Manifest.Layers.Select(layer => blobs.PathOf(layer.Digest))];
    }

    /// <summary>Copies a blob of this store into another one, hashing it on the way.</summary>
    internal async Task CopyBlobAsync(Descriptor blob, Digest owner, BlobFolder target, FolderLock targetLock, CancellationToken cancellation)
    {
        await using var source = await blobs.OpenVerifiedAsync(blob, owner, "layer", cancellation);
        var copied = await target.AddAsync(targetLock, blob.MediaType, (output, ct) => source.CopyToAsync(output, ct), cancellation);
        if (copied.Digest != blob.Digest)
            throw new DeliveryException($"artifact {owner}: its layer, blob {blob.Digest}, changed while it was copied from {root}; nothing may write there: run it again");
    }

    /// <summary>Copies a blob of this store into a stream.</summary>
    internal async Task CopyBlobAsync(Descriptor blob, Digest owner, Stream output, CancellationToken cancellation)
    {
        await using var source = await blobs.OpenVerifiedAsync(blob, owner, "blob", cancellation);
        await source.CopyToAsync(output, cancellation);
    }

    private async Task<Artifact> WriteAsync(ImagePlan plan, CancellationToken cancellation)
    {
        try
        {
            using var folderLock = await FolderLock.TakeAsync(root, cancellation);
            return await new ImageWriter(blobs, index).WriteAsync(folderLock, plan, cancellation);
        }
        catch (Exception fault) when (DiskFault.IsDiskFault(fault))
        {
            throw DiskFault.Describe($"artifact {plan.Name}", root, fault);
        }
    }

    private async Task<Image> OpenAsync(Digest digest, CancellationToken cancellation)
    {
        var all = List();
        return File.Exists(blobs.PathOf(digest)) || all.Any(artifact => artifact.Digest == digest)
            ? await images.ReadAsync(digest, cancellation)
            : throw ArtifactSearch.Refusal(all, [], digest.Value, root);
    }

    private static string TitleOf(Image image) => image.Fact(AnnotationKeys.Title) ?? "image";

    private static Artifact Describe(Image image) => new(
        image.Digest,
        image.Fact(AnnotationKeys.Version) ?? "",
        image.Fact(AnnotationKeys.Revision) ?? "",
        Time(image.Configuration.Created) ?? DateTimeOffset.UnixEpoch,
        image.Size,
        [.. image.Manifest.Layers.Select(layer => new ArtifactLayer(layer.Digest, layer.Size))]);

    private static ArtifactName Name(Descriptor image) => new(
        image.Digest,
        image.Annotation(AnnotationKeys.Version) ?? image.Annotation(AnnotationKeys.ReferenceName) ?? "",
        image.Annotation(AnnotationKeys.Revision) ?? "",
        Time(image.Annotation(AnnotationKeys.Created)));

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
