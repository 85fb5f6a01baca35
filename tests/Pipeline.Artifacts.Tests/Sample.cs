using Pipeline.Testing;

namespace Pipeline.Artifacts.Tests;

/// <summary>A store and a small published application in a temporary folder.</summary>
internal sealed class Sample : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly TemporaryDirectory folder = new();

    public Sample()
    {
        Store = new ArtifactStore(StoreRoot);
        Cache = new ApplicationCache(CacheRoot, Store);
        Put("Sample.dll", "not really an assembly");
        Put("wwwroot/index.html", "<h1>Sample</h1>");
        Put("migrations/0001_products.sql", "create table products (id int);\n");
        Put("migrations/0002_names.sql", "-- what the old version still reads goes away\n-- pipeline: contract\nalter table products drop column name;\n");
    }

    public ArtifactStore Store { get; }

    public ApplicationCache Cache { get; }

    public string StoreRoot => folder.Combine("artifacts");

    public string CacheRoot => folder.Combine("applications");

    public string Application => folder.Combine("published");

    public ImageSpecification Image(string version = "1.2.3") => new()
    {
        Title = "sample",
        Version = version,
        Commit = Commit,
        Created = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero),
        Source = "https://example.org/sample",
        Layers = [new LayerSource(Application, "/app")],
        Entrypoint = ["dotnet", "/app/Sample.dll"],
        Environment = new Dictionary<string, string> { ["DOTNET_gcServer"] = "0" },
        Labels = new Dictionary<string, string> { ["pipeline.sdk"] = "10.0.100" },
    };

    public string Put(string path, string content)
    {
        var full = Path.Combine(Application, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        return full;
    }

    public Task<Artifact> WriteAsync(string version = "1.2.3") => Store.WriteAsync(Image(version), TestContext.Current.CancellationToken);

    public string Blob(Delivery.Releases.Digest digest) => Path.Combine(StoreRoot, "blobs", "sha256", digest.Hex);

    public void Dispose() => folder.Dispose();
}
