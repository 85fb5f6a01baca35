using System.Security.Cryptography;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Attaching;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery.Releases;
using Pipeline.Testing;

namespace Pipeline.Registry.Tests;

/// <summary>One clone with its store and its client, and credentials of its own.</summary>
internal sealed class Site : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly TemporaryDirectory folder = new();

    public Site(Func<RegistrySettings, RegistrySettings>? change = null)
    {
        Directory.CreateDirectory(Configuration);
        var settings = new RegistrySettings
        {
            DockerConfiguration = Configuration,
            CertificateDirectory = Certificates,
            FirstPause = TimeSpan.FromMilliseconds(20),
            LongestPause = TimeSpan.FromMilliseconds(500),
        };
        Store = new ArtifactStore(StoreRoot);
        Client = new RegistryClient(change?.Invoke(settings) ?? settings, Log, TimeProvider.System);
    }

    public ArtifactStore Store { get; }

    public RegistryClient Client { get; }

    public RecordingLog Log { get; } = new();

    public string StoreRoot => folder.Combine("artifacts");

    public string Configuration => folder.Combine("docker");

    public string Certificates => folder.Combine("certs.d");

    /// <summary>Builds an image with layers of random bytes, which no registry can have.</summary>
    public async Task<Artifact> BuildAsync(int size = 100_000, string version = "1.2.3", int layers = 1)
    {
        var sources = Enumerable.Range(0, layers).Select(number => folder.Combine("published", version, $"{number}")).ToArray();
        foreach (var source in sources)
        {
            Directory.CreateDirectory(source);
            await File.WriteAllBytesAsync(Path.Combine(source, $"Sample{Array.IndexOf(sources, source)}.dll"), RandomNumberGenerator.GetBytes(size), TestContext.Current.CancellationToken);
        }
        return await Store.WriteAsync(
            new ImageSpecification
            {
                Title = "sample",
                Version = version,
                Commit = Commit,
                Created = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
                Layers = [.. sources.Select(source => new LayerSource(source, "/app"))],
                Entrypoint = ["dotnet", "/app/Sample0.dll"],
            },
            TestContext.Current.CancellationToken);
    }

    public Task<Attachment> AttachAsync(Digest subject, string type, string document) => Store.AttachAsync(
        subject, new AttachmentContent(type, type, System.Text.Encoding.UTF8.GetBytes(document)), TestContext.Current.CancellationToken);

    public Task<PushedImage> PushAsync(Digest digest, string repository) => PushAsync(digest, repository, new PushSettings());

    public Task<PushedImage> PushAsync(Digest digest, string repository, PushSettings push) =>
        Client.PushAsync(Store, digest, RegistryRepository.Parse(repository), push, TestContext.Current.CancellationToken);

    public Task<PulledImage> PullAsync(string reference) => Client.PullAsync(RegistryReference.Parse(reference), Store, TestContext.Current.CancellationToken);

    public Task<PulledImage> PullWithAttachmentsAsync(string reference) =>
        Client.PullWithAttachmentsAsync(RegistryReference.Parse(reference), Store, TestContext.Current.CancellationToken);

    public Task<bool> HasAsync(Digest digest, string repository) =>
        Client.HasAsync(Store, digest, RegistryRepository.Parse(repository), new PushSettings(), TestContext.Current.CancellationToken);

    public string Blob(Digest digest) => Path.Combine(StoreRoot, "blobs", "sha256", digest.Hex);

    public string Partial(Digest digest) => Path.Combine(StoreRoot, ".partial", digest.Hex);

    /// <summary>Writes Docker's configuration.</summary>
    public void Configure(string json) => File.WriteAllText(Path.Combine(Configuration, "config.json"), json);

    /// <summary>Writes Docker's configuration as <c>docker login</c> does.</summary>
    public void LogIn(string registry, string user, string password)
    {
        var authentication = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}"));
        Configure($$"""{"auths":{"{{registry}}":{"auth":"{{authentication}}"} } }""");
    }

    public void Dispose()
    {
        Client.Dispose();
        folder.Dispose();
    }
}
