using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Storing;

/// <summary>Plans the image of an application.</summary>
internal static class ApplicationPlan
{
    /// <summary>Checks everything that can be known before a byte is written.</summary>
    /// <exception cref="Delivery.DeliveryException">The specification or a folder has faults; all are listed.</exception>
    public static ImagePlan Of(ImageSpecification image)
    {
        var listings = image.Layers.Select(FolderListing.Of).ToArray();
        var faults = SpecificationCheck.Faults(image).Concat(listings.SelectMany(listing => listing.Faults)).ToArray();
        if (faults.Length > 0)
            throw SpecificationCheck.Refusal($"{image.Title} {image.Version}", faults);
        return new ImagePlan
        {
            Name = $"{image.Title} {image.Version}",
            Version = image.Version,
            Commit = image.Commit,
            Created = image.Created,
            Architecture = image.Architecture,
            OperatingSystem = image.OperatingSystem,
            Base = image.Base,
            ApplicationLayers = image.Base is null ? null : listings.Length,
            Layers = [.. image.Layers.Zip(listings, (layer, listing) => FolderLayer.Plan(layer, listing, image.Created))],
            Execution = new ExecutionParameters { User = image.User, Entrypoint = image.Entrypoint, WorkingDirectory = image.WorkingDirectory },
            Environment = new Dictionary<string, string>(image.Environment) { ["PIPELINE_COMMIT"] = image.Commit, ["PIPELINE_VERSION"] = image.Version },
            Labels = new Dictionary<string, string>(image.Labels) { [AnnotationKeys.Migrations] = string.Join(',', Migrations(image, listings)) },
            Annotations = Annotations(image.Title, image.Version, image.Commit, image.Created, image.Source, image.Base?.Digest),
        };
    }

    private static IEnumerable<string> Migrations(ImageSpecification image, IReadOnlyList<FolderListing> listings) =>
        listings.SelectMany(listing => listing.Entries)
            .Select(entry => MigrationFiles.Id(entry.Path, image.WorkingDirectory.Trim('/'))).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The facts of an application's image in OCI's predefined words.</summary>
    public static Dictionary<string, string> Annotations(string title, string version, string commit, DateTimeOffset created, string? source, Digest? below)
    {
        var annotations = new Dictionary<string, string>
        {
            [AnnotationKeys.Created] = ImageDocuments.Time(created),
            [AnnotationKeys.Revision] = commit,
            [AnnotationKeys.Title] = title,
            [AnnotationKeys.Version] = version,
        };
        if (source is not null)
            annotations[AnnotationKeys.Source] = source;
        if (below is { } digest)
            annotations[AnnotationKeys.BaseDigest] = digest.Value;
        return annotations;
    }
}
