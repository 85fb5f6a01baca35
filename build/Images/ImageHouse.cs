using Pipeline.Artifacts;
using Pipeline.Delivery.Ports;
using Pipeline.Images;
using Pipeline.Images.Recipes;

namespace Build.Images;

/// <summary>The images beside the application's own: what it stands upon, and what an environment in containers needs.</summary>
public sealed class ImageHouse(StatePaths paths, ImageParameters parameters, IDeliveryLog log)
{
    private readonly Lazy<BaseImage?> named = new(() => parameters.BaseImage is null ? null : BaseImage.InLayout(parameters.BaseImage));

    /// <summary>The image that the application is built upon; null when none is configured: then the artifact is the application alone.</summary>
    public BaseImage? Base => named.Value;

    public ImageFolder Folder { get; } = new(paths.Images, log);

    public DebianRecipe Debian => new DebianRecipe() is var plain && parameters.Packages.Count == 0
        ? plain with { Suite = parameters.Suite }
        : plain with { Suite = parameters.Suite, Packages = [.. plain.Packages.Concat(parameters.Packages).Distinct().Order(StringComparer.Ordinal)] };

    /// <summary>All recipes, by the name of their images.</summary>
    public IReadOnlyList<IImageRecipe> Recipes =>
    [
        DotNet,
        new PostgresRecipe { Debian = Debian },
        new NodeRecipe { Debian = Debian },
        Program("edge", "Pipeline.Edge.dll"),
        Program("sandbox", "Pipeline.Sandbox.dll"),
    ];

    private DotNetRecipe DotNet => new() { Below = Debian };

    public IImageRecipe Recipe(string name) => Recipes.Single(recipe => recipe.Name == name);

    /// <summary>A program that is compiled with the build program and lies beside it.</summary>
    private ProgramRecipe Program(string name, string assembly) => new(name, Path.Combine(AppContext.BaseDirectory, "programs", name), assembly) { Below = DotNet };
}
