using Pipeline.Applications.Stages.Docker;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;
using Pipeline.Engines.Docker.Images;
using Pipeline.Targets;

namespace Pipeline.Applications.Registries;

/// <summary>The registry that <c>--registry</c> names, through which the artifact travels from the clone that builds it to where it is wanted.</summary>
/// <param name="repository">Null when none is named: then the artifacts stay in this clone.</param>
/// <param name="insecureHosts">Registries that are spoken to over http.</param>
/// <param name="log">Hears of what travels.</param>
/// <param name="time">The clock.</param>
public sealed class ReleaseRegistry(RegistryRepository? repository, IReadOnlyCollection<string> insecureHosts, IDeliveryLog log, TimeProvider time) : IDisposable
{
    private RegistryClient? client;

    /// <summary>The repository of the artifacts; null when none is named.</summary>
    public RegistryRepository? Repository => repository;

    /// <summary>The repository of the same registry that has the layers of the base; null when there is none.</summary>
    public RegistryRepository? Base { get; init; }

    /// <summary>Speaks with this and with any other registry, such as that of the base image.</summary>
    public RegistryClient Client => client ??= new(new RegistrySettings { InsecureHosts = insecureHosts }, log, time);

    /// <summary>Reads what was said.</summary>
    public static ReleaseRegistry Read(ParameterValues values, IDeliveryLog log, TimeProvider time) => new(
        values.Get(DeliveryParameters.Registry) is { } text ? RegistryRepository.Parse(text) : null, Hosts(values.Get(DeliveryParameters.InsecureRegistry)), log, time)
    {
        Base = RegistryReference.TryParse(values.Get(DeliveryParameters.BaseImage), out var image) ? image.Repository : null,
    };

    /// <summary>Whether the registry has the artifact, the tag of its version, and all that is attached to it here.</summary>
    public Task<bool> HasAsync(ArtifactStore store, Artifact artifact, CancellationToken cancellation) =>
        Client.HasAsync(store, artifact.Digest, Named, Push(artifact), cancellation);

    /// <summary>Sends the artifact with all that is attached to it here.</summary>
    public Task<PushedImage> PushAsync(ArtifactStore store, Artifact artifact, CancellationToken cancellation) =>
        Client.PushAsync(store, artifact.Digest, Named, Push(artifact), cancellation);

    /// <summary>Sees to it that a store has an artifact, when there is a registry to fetch it from. Without one nothing happens: whoever needs the artifact says what is missing.</summary>
    public async Task EnsureHereAsync(ArtifactStore store, Digest digest, CancellationToken cancellation)
    {
        if (Repository is null || store.List().Any(artifact => artifact.Digest == digest))
            return;
        var pulled = await Client.PullWithAttachmentsAsync(RegistryReference.Of(Repository, digest), store, cancellation);
        await store.VerifyAsync(digest, cancellation);
        log.Information($"{digest} fetched from {Repository}: {pulled.Received / 1e6:0.0} MB, {pulled.Attachments.Count} attachments");
    }

    /// <summary>How hosts get the images of releases: they pull from this registry, or this machine sends them where none is named.</summary>
    /// <param name="store">The artifacts of this machine.</param>
    public IReleaseImages ImagesOf(ArtifactStore store) =>
        Repository is { } named ? new RegistryImages(named.ToString()) : new LoadedImages(new StoredArchives(store));

    /// <inheritdoc />
    public void Dispose() => client?.Dispose();

    private RegistryRepository Named => Repository ?? throw new DeliveryException("no registry is named; pass --registry host:port/shop, or set PIPELINE_REGISTRY");

    /// <summary>Tags have no plus sign, which versions may have.</summary>
    private PushSettings Push(Artifact artifact) => new()
    {
        Tag = artifact.Version.Length == 0 ? null : artifact.Version.Replace('+', '_'),
        MountFrom = Base is not null && Base.Host == repository?.Host ? [Base.Name] : [],
    };

    private static string[] Hosts(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
