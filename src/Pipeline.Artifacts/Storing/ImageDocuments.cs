using System.Globalization;
using Pipeline.Artifacts.Oci;

namespace Pipeline.Artifacts.Storing;

/// <summary>The image's configuration and manifest, made of nothing but the specification and the layers.</summary>
internal static class ImageDocuments
{
    public static ImageConfiguration Configuration(ImageSpecification image, IReadOnlyList<Descriptor> layers, IEnumerable<string> migrations) => new()
    {
        Created = Time(image),
        Architecture = image.Architecture,
        OperatingSystem = image.OperatingSystem,
        Execution = new ExecutionParameters
        {
            User = image.User,
            Environment = [.. Environment(image)],
            Entrypoint = image.Entrypoint,
            WorkingDirectory = image.WorkingDirectory,
            Labels = Labels(image, migrations),
        },
        RootFileSystem = new RootFileSystem { DiffIds = [.. layers.Select(layer => layer.Digest)] },
        History = [.. image.Layers.Select(layer => new LayerHistory { Created = Time(image), CreatedBy = $"pipeline: {layer.Target}" })],
    };

    public static ImageManifest Manifest(ImageSpecification image, Descriptor configuration, IReadOnlyList<Descriptor> layers) => new()
    {
        Configuration = configuration,
        Layers = layers,
        Annotations = Annotations(image),
    };

    /// <summary>What the index says about the image, so that it can be found without reading it.</summary>
    public static Descriptor IndexEntry(ImageSpecification image, Descriptor manifest) =>
        manifest with { Annotations = new Dictionary<string, string>(Annotations(image)) { [AnnotationKeys.ReferenceName] = image.Version } };

    private static IEnumerable<string> Environment(ImageSpecification image) =>
        image.Environment
            .Append(KeyValuePair.Create("PIPELINE_COMMIT", image.Commit))
            .Append(KeyValuePair.Create("PIPELINE_VERSION", image.Version))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={pair.Value}");

    private static Dictionary<string, string> Labels(ImageSpecification image, IEnumerable<string> migrations)
    {
        var labels = new Dictionary<string, string>(image.Labels);
        foreach (var (key, value) in Annotations(image))
            labels[key] = value;
        labels[AnnotationKeys.Migrations] = string.Join(',', migrations);
        return labels;
    }

    private static Dictionary<string, string> Annotations(ImageSpecification image)
    {
        var annotations = new Dictionary<string, string>
        {
            [AnnotationKeys.Created] = Time(image),
            [AnnotationKeys.Revision] = image.Commit,
            [AnnotationKeys.Title] = image.Title,
            [AnnotationKeys.Version] = image.Version,
        };
        if (image.Source is { } source)
            annotations[AnnotationKeys.Source] = source;
        return annotations;
    }

    private static string Time(ImageSpecification image) =>
        image.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
