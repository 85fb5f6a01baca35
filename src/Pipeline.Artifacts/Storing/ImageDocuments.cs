using System.Globalization;
using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Storing;

/// <summary>The image's configuration and manifest, made of nothing but the plan, its base and the layers.</summary>
internal static class ImageDocuments
{
    /// <param name="plan">What the image says of itself.</param>
    /// <param name="below">The base; null when there is none.</param>
    /// <param name="layers">Its own layers.</param>
    public static ImageConfiguration Configuration(ImagePlan plan, Image? below, IReadOnlyList<Descriptor> layers) => new()
    {
        Created = Time(plan.Created),
        Architecture = plan.Architecture,
        OperatingSystem = plan.OperatingSystem,
        Execution = ExecutionMerge.Upon(below?.Configuration.Execution, plan),
        RootFileSystem = new RootFileSystem { DiffIds = [.. below?.Configuration.RootFileSystem.DiffIds ?? [], .. layers.Select(layer => layer.Digest)] },
        History = [.. History(below), .. plan.Layers.Select(layer => new LayerHistory { Created = Time(plan.Created), CreatedBy = layer.CreatedBy })],
    };

    public static ImageManifest Manifest(ImagePlan plan, Image? below, Descriptor configuration, IReadOnlyList<Descriptor> layers) => new()
    {
        Configuration = configuration,
        Layers = [.. (below?.Manifest.Layers ?? []).Select(layer => layer with { MediaType = MediaTypes.OfOci(layer.MediaType) }), .. layers],
        Annotations = plan.Annotations,
    };

    /// <summary>What the index says about the image, so that it can be found without reading it.</summary>
    public static Descriptor IndexEntry(ImagePlan plan, Descriptor manifest) => manifest with
    {
        Annotations = new Dictionary<string, string>(plan.Annotations.Concat(plan.IndexAnnotations)) { [AnnotationKeys.ReferenceName] = plan.Version },
    };

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A base need not have a history, but one that is there must have an entry for each layer.</summary>
    private static IEnumerable<LayerHistory> History(Image? below) =>
        below?.Configuration.History ?? (below?.Manifest.Layers ?? []).Select(_ => new LayerHistory { CreatedBy = "base image" });
}
