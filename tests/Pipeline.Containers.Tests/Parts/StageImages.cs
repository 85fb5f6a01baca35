using System.Collections.Concurrent;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Docker;
using Pipeline.Containers.Images;
using Pipeline.Delivery.Ports;
using Pipeline.Images;
using Pipeline.Images.Recipes;
using Pipeline.Testing.Docker.Engines;

namespace Pipeline.Containers.Tests.Parts;

/// <summary>The images of edge, database and sandbox, made of this machine's own packages. Those of Debian are kept for the next run of any test.</summary>
public sealed class StageImages : IDeliveryLog
{
    private readonly ConcurrentDictionary<(string Engine, string Name), Lazy<Task<IHostImage>>> loaded = new();
    private readonly ImageFolder images;

    public StageImages() => images = new ImageFolder(Path.Combine(Path.GetTempPath(), "pipeline-test-images"), this);

    public Task<IHostImage> EdgeAsync(TestEngine engine) => LoadAsync(engine, Program("edge", "Pipeline.Edge.dll"));

    public Task<IHostImage> SandboxAsync(TestEngine engine) => LoadAsync(engine, Program("sandbox", "Pipeline.Sandbox.dll"));

    public Task<IHostImage> PostgresAsync(TestEngine engine) => LoadAsync(engine, new PostgresRecipe());

    public void Information(string message) => Console.Error.WriteLine(message);

    public void Warning(string message) => Console.Error.WriteLine(message);

    private static ProgramRecipe Program(string name, string assembly) => new(name, Path.Combine(AppContext.BaseDirectory, "programs", name), assembly);

    private Task<IHostImage> LoadAsync(TestEngine engine, IImageRecipe recipe) =>
        loaded.GetOrAdd((engine.Socket, recipe.Name), _ => new(() => LoadNowAsync(engine, recipe))).Value;

    private async Task<IHostImage> LoadNowAsync(TestEngine engine, IImageRecipe recipe)
    {
        Needs.Program("debootstrap");
        var image = await images.EnsureAsync(recipe, CancellationToken.None);
        var name = $"test-{recipe.Name}:latest";
        await SendAsync(engine, image, name);
        return new NamedImage(name);
    }

    private static async Task SendAsync(TestEngine engine, BaseImage image, string name)
    {
        var archive = Path.GetTempFileName();
        try
        {
            await using (var file = File.Create(archive))
                await DockerArchive.WriteAsync(image, [name], file, CancellationToken.None);
            await engine.LoadAsync(archive);
        }
        finally
        {
            File.Delete(archive);
        }
    }
}
