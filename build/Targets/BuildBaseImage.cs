using Build.Images;
using Cake.Frosting;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Makes the image that applications stand upon, or with --recipe another one, from this site's own Debian packages; needs root and debootstrap")]
public sealed class BuildBaseImage(ImageHouse images, StatePaths paths) : Target
{
    protected override EvidenceUse EvidenceUse => EvidenceUse.None;

    protected override async Task RunAsync(TargetContext context, CancellationToken cancellation)
    {
        var recipe = images.Recipe(context.Get(Parameters.Recipe)!);
        var image = context.Get(Parameters.Renew)
            ? await images.Folder.RenewAsync(recipe, cancellation)
            : await images.Folder.EnsureAsync(recipe, cancellation);
        context.Say($"{image.Digest}  {Path.Combine(paths.Images, image.Name)}");
        if (recipe.Name == "base")
            context.Say($"build upon it with --base-image {Path.Combine(paths.Images, image.Name)}, or PIPELINE_BASE_IMAGE; on another machine, copy that folder or push it to your registry");
    }
}
