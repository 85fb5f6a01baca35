using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Docker;
using Pipeline.Artifacts.Registry;
using Pipeline.Benchmarks.Delivering;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Registries;

namespace Pipeline.Benchmarks.Registry;

/// <summary>A clone beside a Docker host, both before the same registry.</summary>
internal sealed class RegistrySite : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pipeline-registry-benchmark");
    private readonly TestEngine engine;
    private readonly TestRegistry registry;
    private readonly ArtifactStore store;
    private readonly RegistryClient client;
    private ArtifactStore pulled;

    public RegistrySite(TestEngine engine, TestRegistry registry)
    {
        (this.engine, this.registry) = (engine, registry);
        store = new ArtifactStore(Path.Combine(folder.FullName, "built"));
        pulled = store;
        client = new RegistryClient(new RegistrySettings { InsecureHosts = [registry.Address] }, new StepTimes(), TimeProvider.System);
        Copy(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..")), Application);
    }

    private string Application => Path.Combine(folder.FullName, "application");

    /// <summary>Builds an image that no registry has seen, and gives it to Docker too.</summary>
    public async Task<Artifact> BuildAsync(int round, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(Path.Combine(Application, "0-new"), RandomNumberGenerator.GetBytes(1024), cancellation);
        var image = await store.WriteAsync(
            new ImageSpecification
            {
                Title = "runtime",
                Version = $"{round}",
                Commit = new string('0', 40),
                Created = DateTimeOffset.UnixEpoch,
                Layers = [new LayerSource(Application, "/app")],
                Entrypoint = ["/app/run"],
            },
            cancellation);
        var archive = Path.Combine(folder.FullName, "image.tar");
        await using (var output = File.Create(archive))
            await DockerArchive.WriteAsync(new BaseImage("runtime", image.Digest, store), [$"{registry.Address}/docker-{round}:1"], output, cancellation);
        await engine.LoadAsync(archive);
        return image;
    }

    public Task PushAsync(Artifact image, CancellationToken cancellation) =>
        client.PushAsync(store, image.Digest, RegistryRepository.Parse($"{registry.Address}/ours-{image.Version}"), new PushSettings(), cancellation);

    public Task PushByDockerAsync(int round) => engine.RunAsync("push", "--quiet", $"{registry.Address}/docker-{round}:1");

    public Task PullAsync(Artifact image, CancellationToken cancellation)
    {
        pulled = new ArtifactStore(Path.Combine(folder.FullName, $"pulled-{image.Version}"));
        return client.PullAsync(RegistryReference.Of(RegistryRepository.Parse($"{registry.Address}/ours-{image.Version}"), image.Digest), pulled, cancellation);
    }

    public Task UnpackAsync(Artifact image, CancellationToken cancellation) =>
        new ApplicationCache(Path.Combine(folder.FullName, $"unpacked-{image.Version}"), pulled).UnpackAsync(image.Digest, cancellation);

    public Task ForgetInDockerAsync() => engine.EmptyAsync();

    public Task PullByDockerAsync(int round) => engine.RunAsync("pull", "--quiet", $"{registry.Address}/docker-{round}:1");

    public void Dispose()
    {
        client.Dispose();
        folder.Delete(recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
