using System.Collections.Concurrent;
using Pipeline.Containers.Images;
using Pipeline.Images;
using Pipeline.Images.Recipes;
using Pipeline.Testing.Docker.Engines;
using Pipeline.Testing.Docker.Images;

namespace Pipeline.Containers.Tests.Parts;

/// <summary>The images of edge, database and sandbox, each loaded once into an engine.</summary>
public sealed class StageImages
{
    private readonly ConcurrentDictionary<(string Engine, string Name), Lazy<Task<IHostImage>>> loaded = new();

    public Task<IHostImage> EdgeAsync(TestEngine engine) => LoadAsync(engine, Program("edge", "Pipeline.Edge.dll"));

    public Task<IHostImage> SandboxAsync(TestEngine engine) => LoadAsync(engine, Program("sandbox", "Pipeline.Sandbox.dll"));

    public Task<IHostImage> PostgresAsync(TestEngine engine) => LoadAsync(engine, new PostgresRecipe());

    private static ProgramRecipe Program(string name, string assembly) => new(name, Path.Combine(AppContext.BaseDirectory, "programs", name), assembly);

    private Task<IHostImage> LoadAsync(TestEngine engine, IImageRecipe recipe) =>
        loaded.GetOrAdd((engine.Socket, recipe.Name), _ => new(() => LoadNowAsync(engine, recipe))).Value;

    private static async Task<IHostImage> LoadNowAsync(TestEngine engine, IImageRecipe recipe)
    {
        var name = $"test-{recipe.Name}:latest";
        await SystemImages.LoadAsync(engine, await SystemImages.EnsureAsync(recipe), name);
        return new NamedImage(name);
    }
}
