using Pipeline.Artifacts.Registry.Authorization;
using Pipeline.Artifacts.Registry.Credentials;
using Pipeline.Artifacts.Registry.Http;
using Pipeline.Artifacts.Registry.Protocol;
using Pipeline.Artifacts.Registry.Transfer;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Registry;

/// <summary>
/// Moves images between registries and artifact stores by the OCI distribution protocol, https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md,
/// with the credentials of Docker's own configuration. Every byte is hashed on its way in. What fails for a moment is tried again where that is safe, and goes on
/// where it stopped, in this process and in the next.
/// </summary>
public sealed class RegistryClient : IDisposable
{
    private readonly RegistrySettings settings;
    private readonly IDeliveryLog log;
    private readonly TimeProvider time;
    private readonly RegistryAddresses addresses;
    private readonly NetworkClient network;
    private readonly AnswerReader answers;
    private readonly DockerCredentials credentials;
    private readonly Authorizer authorizer;
    private readonly RegistryTransport transport;
    private readonly Attempts attempts;

    /// <summary>Makes a client. Nothing is read and nobody is spoken to before it is used.</summary>
    /// <param name="settings">How registries are spoken to.</param>
    /// <param name="log">Hears of the progress of long transfers and of what is tried again.</param>
    /// <param name="time">The clock.</param>
    public RegistryClient(RegistrySettings settings, IDeliveryLog log, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        (this.settings, this.log, this.time) = (settings, log, time);
        addresses = new RegistryAddresses(settings);
        network = new NetworkClient(settings, time);
        answers = new AnswerReader(settings, time);
        credentials = new DockerCredentials(settings.DockerConfiguration, settings.DockerAuthentication);
        authorizer = new Authorizer(credentials, new TokenServer(network, answers, addresses, time), time);
        transport = new RegistryTransport(network, authorizer, addresses);
        attempts = new Attempts(settings, log, time);
    }

    /// <summary>
    /// Fetches an image into a store. An index is followed to the image for <see cref="RegistrySettings.Platform"/>. What the store has, unharmed, does not travel; when it
    /// has all of an image that is named by digest, the registry is not even asked. Nothing is visible in the store before all of it is there.
    /// </summary>
    /// <exception cref="RegistryException">The registry cannot be reached, refuses, does not have it, or sent bytes with another hash; such bytes are never stored.</exception>
    /// <exception cref="DeliveryException">The disk refused.</exception>
    public Task<PulledImage> PullAsync(RegistryReference image, ArtifactStore store, CancellationToken cancellation) =>
        PullAsync(image, store, PulledParts.ImageAlone, cancellation);

    /// <summary>Fetches an image as <see cref="PullAsync(RegistryReference, ArtifactStore, CancellationToken)"/> does, with all manifests that refer to it: its SBOM, its provenance, their signatures. The registry is always asked for these.</summary>
    /// <exception cref="RegistryException">As there.</exception>
    /// <exception cref="DeliveryException">As there.</exception>
    public Task<PulledImage> PullWithAttachmentsAsync(RegistryReference image, ArtifactStore store, CancellationToken cancellation) =>
        PullAsync(image, store, PulledParts.WithAttachments, cancellation);

    /// <summary>
    /// Sends an image of a store with all manifests there that refer to it. What the registry has does not travel; its manifest is sent after all that it names, so a
    /// push that broke off shows nothing to anybody, and the next one goes on where it stopped. Doing it twice changes nothing.
    /// </summary>
    /// <exception cref="RegistryException">The registry cannot be reached or refuses.</exception>
    /// <exception cref="DeliveryException">The image is not in the store, or was changed there.</exception>
    public Task<PushedImage> PushAsync(ArtifactStore store, Digest digest, RegistryRepository repository, PushSettings push, CancellationToken cancellation) =>
        Pusher(store, repository, RegistryActions.Push, push).RunAsync(digest, cancellation);

    /// <summary>Whether a push would find nothing to do: the registry has the image, every blob of it, the tag, and all that refers to it in the store. Asks with the right to read alone.</summary>
    /// <exception cref="RegistryException">The registry cannot be reached or refuses.</exception>
    /// <exception cref="DeliveryException">The image is not in the store, or was changed there.</exception>
    public Task<bool> HasAsync(ArtifactStore store, Digest digest, RegistryRepository repository, PushSettings push, CancellationToken cancellation) =>
        Pusher(store, repository, RegistryActions.Pull, push).IsDoneAsync(digest, cancellation);

    /// <summary>The digest that a reference means now: of a manifest, or of an index where it means one. Null when the registry has no such image.</summary>
    /// <exception cref="RegistryException">The registry cannot be reached or refuses.</exception>
    public async Task<Digest?> ResolveAsync(RegistryReference image, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(image);
        return (await new ManifestApi(Connect(image.Repository, RegistryActions.Pull)).FindAsync(image.Identifier, cancellation))?.Digest;
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        network.Dispose();
        authorizer.Dispose();
        credentials.Dispose();
    }

    private Task<PulledImage> PullAsync(RegistryReference image, ArtifactStore store, PulledParts parts, CancellationToken cancellation) =>
        new Pull(Connect(image.Repository, RegistryActions.Pull), image, new LocalLayout(store.Root), settings, log, time).RunAsync(parts, cancellation);

    private Push Pusher(ArtifactStore store, RegistryRepository repository, RegistryActions actions, PushSettings push) =>
        new(Connect(repository, actions), new LocalLayout(store.Root), push, settings, log, time);

    private RepositoryConnection Connect(RegistryRepository repository, RegistryActions actions) =>
        new(transport, answers, attempts, addresses.RootOf(repository.Host), new RegistryAccess(repository, actions));
}
