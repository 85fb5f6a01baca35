using Pipeline.Artifacts.Systems;

namespace Pipeline.Images.Debian;

/// <summary>Installs packages upon the image of a Debian, and takes what that changed as the new layer.</summary>
internal static class DebianAddition
{
    public static async Task<(IReadOnlyList<SystemLayer> Layers, DateTimeOffset Created)> InstallAsync(
        IImageRecipe recipe, string suite, RecipeWork work, string before, IReadOnlyList<string> packages, string after, CancellationToken cancellation)
    {
        var below = work.Below ?? throw new ArgumentException("packages are installed upon an image, and none is below", nameof(work));
        var lower = new DebianRoot(Path.Combine(work.Folder, "lower"), work);
        var upper = new DebianRoot(Path.Combine(work.Folder, "upper"), work);
        await lower.UnpackAsync(below, cancellation);
        await upper.UnpackAsync(below, cancellation);
        await upper.InstallPackagesAsync($"image {recipe.Name}: installing {string.Join(' ', packages)}", AptSources.Read("/etc/apt", suite), before, packages, cancellation);
        var created = upper.NewestPackage();
        await upper.RunAsync($"image {recipe.Name}: cleaning", $"{after}\n{RootCleaning.Script}", cancellation);
        return ([new(upper.Folder, lower.Folder)], created);
    }
}
