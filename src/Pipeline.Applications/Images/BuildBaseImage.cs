using Cake.Frosting;
using Pipeline.Targets;

namespace Pipeline.Applications.Images;

/// <summary>Makes the image that applications stand upon, or with --recipe another one, from this site's own Debian packages; needs root and debootstrap.</summary>
[TaskDescription("Makes the image that applications stand upon, or with --recipe another one, from this site's own Debian packages; needs root and debootstrap")]
public sealed class BuildBaseImage(ImageHouse images, StatePaths paths) : Target
{
    /// <inheritdoc />
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    /// <inheritdoc />
    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var recipe = images.Recipe(context.Get(DeliveryParameters.Recipe)!);
        var image = context.Get(DeliveryParameters.Renew)
            ? await images.Folder.RenewAsync(recipe, cancellation)
            : await images.Folder.EnsureAsync(recipe, cancellation);
        context.Say($"{image.Digest}  {Path.Combine(paths.Images, image.Name)}");
        if (recipe.Name == "base")
            context.Say($"build upon it with --base-image {Path.Combine(paths.Images, image.Name)}, or PIPELINE_BASE_IMAGE; on another machine, copy that folder or push it to your registry");
    }
}
