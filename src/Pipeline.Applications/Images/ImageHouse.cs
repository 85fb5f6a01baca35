using Pipeline.Applications.Registries;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Registry;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Images;
using Pipeline.Images.Recipes;

namespace Pipeline.Applications.Images;

/// <summary>The images beside the application's own: what it stands upon, and what an environment in containers needs.</summary>
public sealed class ImageHouse(StatePaths paths, ImageParameters parameters, ReleaseRegistry registry, IDeliveryLog log)
{
    /// <summary>What names the base image; null when nothing does.</summary>
    public string? Named => parameters.BaseImage;

    /// <summary>
    /// The image that the application is built upon; null when none is configured: then the artifact is the application alone. One in a registry is fetched when it is
    /// asked for the first time, and lies on this machine from then on.
    /// </summary>
    /// <exception cref="DeliveryException">It is not where it is named, is not named by digest, or cannot be fetched.</exception>
    public async Task<BaseImage?> BaseAsync(CancellationToken cancellation)
    {
        if (parameters.BaseImage is not { } text)
            return null;
        if (BaseImage.IsLayout(text))
            return BaseImage.InLayout(text);
        var store = new ArtifactStore(Path.Combine(paths.Images, "pulled"));
        var pulled = await registry.Client.PullAsync(Reference(text), store, cancellation);
        return new(text, pulled.Digest, store);
    }

    /// <summary>The digest that names the base, without fetching it; null when none is configured.</summary>
    public string? BaseDigest => parameters.BaseImage is not { } text ? null : BaseImage.IsLayout(text) ? BaseImage.InLayout(text).Digest.Value : Reference(text).Digest.ToString();

    /// <summary>The base that this machine makes, which containers stand upon where none is configured; made when it is asked for the first time.</summary>
    /// <exception cref="DeliveryException">This machine lacks what that needs, or a program failed.</exception>
    public Task<BaseImage> OwnBaseAsync(CancellationToken cancellation) => Folder.Faults(DotNet) is { Count: > 0 } faults
        ? throw new DeliveryException(
            "containers need an image to stand upon, and none is named; name one with --base-image or PIPELINE_BASE_IMAGE, run with --engine process, or have this machine make one, for which it lacks:"
            + string.Concat(faults.Select(fault => $"\n  - {fault}")))
        : Folder.EnsureAsync(DotNet, cancellation);

    /// <summary>The digest of the base that this machine made; null before it is made, and where it would be made anew.</summary>
    public string? OwnBaseDigest => Folder.Made(DotNet)?.Value;

    /// <summary>Why containers would have nothing to stand upon: no base is configured, and this machine can make none. Empty when there is one, or will be.</summary>
    public IReadOnlyList<string> BaseFaults => Named is null ? Folder.Faults(DotNet) : [];

    /// <summary>Where images that were made here lie.</summary>
    public ImageFolder Folder { get; } = new(paths.Images, log);

    /// <summary>The system below all of them, with the packages that were asked for.</summary>
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

    /// <summary>A recipe by the name of its image.</summary>
    public IImageRecipe Recipe(string name) => Recipes.Single(recipe => recipe.Name == name);

    /// <summary>A program that is compiled with the build program and lies beside it.</summary>
    private ProgramRecipe Program(string name, string assembly) => new(name, Path.Combine(AppContext.BaseDirectory, "programs", name), assembly) { Below = DotNet };

    private static RegistryReference Reference(string text)
    {
        if (!text.Contains('@', StringComparison.Ordinal))
            throw new DeliveryException($"base image '{text}' is neither a folder with an image layout nor an image named by digest, which alone is the same tomorrow; write oci:FOLDER or host[:port]/name@sha256:…");
        return RegistryReference.Parse(text);
    }
}
