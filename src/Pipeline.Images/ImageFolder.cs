using System.Security.Cryptography;
using System.Text;
using Pipeline.Artifacts;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Releases;

namespace Pipeline.Images;

/// <summary>The images of systems that were made on this machine: an OCI image layout per name, with one image in it.</summary>
/// <param name="root">The folder of all of them, normally <c>.pipeline/images</c>.</param>
/// <param name="log">Told what is made, since that takes a minute.</param>
public sealed class ImageFolder(string root, IDeliveryLog log)
{
    // To be raised whenever the same inputs give other bytes than before.
    private const string Generation = "2";

    private readonly string root = Path.GetFullPath(root);

    /// <summary>The image of a recipe. It is made if it is not there, was damaged, or the recipe or what lies below it changed.</summary>
    /// <exception cref="DeliveryException">This machine lacks what the recipe needs (all of it is listed), or a program failed.</exception>
    public async Task<BaseImage> EnsureAsync(IImageRecipe recipe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var below = recipe.Below is null ? null : await EnsureAsync(recipe.Below, cancellation);
        var fingerprint = Fingerprint(recipe, below?.Digest);
        if (await FindAsync(recipe.Name, fingerprint, cancellation) is { } found)
            return found;
        using var folderLock = await FolderLock.TakeAsync(root, cancellation);
        return await FindAsync(recipe.Name, fingerprint, cancellation) ?? await MakeAsync(folderLock, recipe, below, fingerprint, cancellation);
    }

    /// <summary>The image of a recipe as it lies here, not hashed again; null when it would have to be made.</summary>
    public Digest? Made(IImageRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var below = recipe.Below is null ? null : Made(recipe.Below);
        return recipe.Below is not null && below is null ? null : Store(recipe.Name).Labelled(AnnotationKeys.Recipe, Fingerprint(recipe, below));
    }

    /// <summary>Why the image of a recipe is not to be had on this machine; empty when it lies here or can be made.</summary>
    public IReadOnlyList<string> Faults(IImageRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Made(recipe) is not null ? [] : [.. recipe.Below is null ? [] : Faults(recipe.Below), .. recipe.Faults()];
    }

    /// <summary>Makes the image of a recipe, and those that it stands upon, anew from what the package sources have today.</summary>
    /// <exception cref="DeliveryException">As for <see cref="EnsureAsync"/>.</exception>
    public async Task<BaseImage> RenewAsync(IImageRecipe recipe, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var below = recipe.Below is null ? null : await RenewAsync(recipe.Below, cancellation);
        using var folderLock = await FolderLock.TakeAsync(root, cancellation);
        return await MakeAsync(folderLock, recipe, below, Fingerprint(recipe, below?.Digest), cancellation);
    }

    private static string Fingerprint(IImageRecipe recipe, Digest? below) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', [Generation, recipe.Name, below?.Value ?? "", .. recipe.Inputs]))));

    private ArtifactStore Store(string name) => new(Path.Combine(root, name));

    private async Task<BaseImage?> FindAsync(string name, string fingerprint, CancellationToken cancellation)
    {
        var store = Store(name);
        if (store.Labelled(AnnotationKeys.Recipe, fingerprint) is not { } digest)
            return null;
        try
        {
            await store.VerifyAsync(digest, cancellation);
            return new BaseImage(name, digest, store);
        }
        catch (DeliveryException damaged)
        {
            log.Warning($"image {name} is made again: {damaged.Message}");
            return null;
        }
    }

    private async Task<BaseImage> MakeAsync(FolderLock folderLock, IImageRecipe recipe, BaseImage? below, string fingerprint, CancellationToken cancellation)
    {
        var faults = recipe.Faults();
        if (faults.Count > 0)
            throw new DeliveryException($"image {recipe.Name} cannot be made on this machine:{string.Concat(faults.Select(fault => $"\n  - {fault}"))}");
        log.Information($"image {recipe.Name} is made{(below is null ? "" : $" upon {below.Name} {below.Digest.Abbreviated}")}; this takes a minute, and is done once");
        var work = new RecipeWork(
            Directory.CreateDirectory(Path.Combine(folderLock.Unfinished, recipe.Name)).FullName, below, Path.Combine(root, $"{recipe.Name}.log"));
        File.Delete(work.LogFile);
        var specification = await recipe.PrepareAsync(work, cancellation);
        var store = Store(recipe.Name);
        var artifact = await store.WriteAsync(specification with { Base = below, Recipe = fingerprint }, cancellation);
        await store.PruneAsync(new HashSet<Digest> { artifact.Digest }, cancellation);
        log.Information($"image {recipe.Name}: {artifact.Digest}  {artifact.Version}  {artifact.Size / 1e6:0.0} MB");
        return new BaseImage(recipe.Name, artifact.Digest, store);
    }
}
