using System.Diagnostics;
using Cake.Core;
using Pipeline.Applications.Sources.Git;
using Pipeline.Applications.Sources.Publishing;
using Pipeline.Artifacts;
using Pipeline.Benchmarks.Startup;
using Pipeline.Images.Recipes;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Benchmarks.Images;

/// <summary>A clone of this repository, a base image, and a Docker engine that has the same base.</summary>
internal sealed class ImageSite : IDisposable
{
    private const string Base = "pipeline-benchmark-base:1";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pipeline-image-benchmark");
    private readonly TestEngine engine;
    private readonly ICakeContext context;
    private BaseImage? below;
    private PublishedApplication? published;
    private int changes;

    public ImageSite(TestEngine engine, ICakeContext context) => (this.engine, this.context) = (engine, context);

    private string Clone => Path.Combine(folder.FullName, "clone");

    private string StoreRoot => Path.Combine(folder.FullName, "artifacts");

    private string Application => published!.Image.Layers[0].Directory;

    /// <summary>Publishes the Shop once, and gives the engine the base.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        below = await SystemImages.EnsureAsync(new DotNetRecipe());
        await SystemImages.LoadAsync(engine, below, Base);
        await RunAsync("git", "clone", "--quiet", Page.Repository, Clone);
        published = await PublishAsync(cancellation);
        await File.WriteAllTextAsync(Path.Combine(Application, "Dockerfile"), $"FROM {Base}\nCOPY . /app\nWORKDIR /app\nUSER 1654\nENTRYPOINT [\"dotnet\", \"/app/Shop.dll\"]\n", cancellation);
    }

    /// <summary>Changes one byte of the published application.</summary>
    public void ChangeFile() => File.AppendAllText(Path.Combine(Application, "wwwroot-stamp.txt"), $"{++changes}\n");

    /// <summary>Changes one line of its sources and commits that.</summary>
    public async Task ChangeLineAsync()
    {
        await File.AppendAllTextAsync(Path.Combine(Clone, "src", "Shop", "Program.cs"), $"// {++changes}\n");
        await RunAsync("git", "-C", Clone, "-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "commit", "--quiet", "--all", "--message", "one line");
    }

    /// <summary>Packs what is published upon the base.</summary>
    public Task<Artifact> PackAsync(CancellationToken cancellation) => new ArtifactStore(StoreRoot).WriteAsync(published!.Image with { Base = below }, cancellation);

    /// <summary>The door that users take, in this repository, whose evidence holds once it was run.</summary>
    public static Command Door { get; } = new(
        "./build.sh --target BuildImage", "/bin/bash", [Path.Combine(Page.Repository, "build.sh"), "--target", "BuildImage", "--base-image", Path.Combine(SystemImages.Root, "base")], Page.Repository)
    {
        Says = "unchanged since",
    };

    /// <summary>Hashes all of the artifact, whatever was hashed before.</summary>
    public Task HashAsync(Artifact artifact, CancellationToken cancellation)
    {
        var store = new ArtifactStore(StoreRoot);
        store.DoubtEverything();
        return store.VerifyAsync(artifact.Digest, cancellation);
    }

    /// <summary>What a run does that finds its evidence: hash what was touched since it was hashed.</summary>
    public Task VerifyAsync(Artifact artifact, CancellationToken cancellation) => new ArtifactStore(StoreRoot).VerifyAsync(artifact.Digest, cancellation);

    /// <summary>Builds from the sources, compiler and all.</summary>
    public async Task BuildAsync(CancellationToken cancellation)
    {
        using var application = await PublishAsync(cancellation);
        await new ArtifactStore(StoreRoot).WriteAsync(application.Image with { Base = below }, cancellation);
    }

    public Task BuildByDockerAsync() => engine.RunAsync("build", "--quiet", "--tag", "pipeline-benchmark:1", Application);

    public void Dispose()
    {
        published?.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<PublishedApplication> PublishAsync(CancellationToken cancellation) =>
        await new ApplicationPublisher(context, Path.Combine(folder.FullName, "publish"), TimeProvider.System)
            .PublishAsync(await GitFactsReader.ReadAsync(Clone, cancellation), new("src/Shop/Shop.csproj"), cancellation);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}");
    }
}
