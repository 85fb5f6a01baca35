using System.Text.Json;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;

namespace Pipeline.Artifacts.Systems;

/// <summary>Plans the image of a system.</summary>
internal static class SystemPlan
{
    /// <summary>Checks everything that can be known before a byte is written.</summary>
    /// <exception cref="Delivery.DeliveryException">The specification or a folder has faults; all are listed.</exception>
    public static ImagePlan Of(SystemImageSpecification image)
    {
        var listings = image.Layers.Select(FolderListing.Of).ToArray();
        var (systems, faults) = Systems(image);
        faults = [.. SpecificationCheck.Faults(image), .. faults, .. listings.SelectMany(listing => listing.Faults)];
        if (faults.Count > 0)
            throw SpecificationCheck.Refusal($"{image.Title} {image.Version}", faults);
        return new ImagePlan
        {
            Name = $"{image.Title} {image.Version}",
            Version = image.Version,
            Created = image.Created,
            Architecture = image.Architecture,
            Base = image.Base,
            ApplicationLayers = 0,
            Layers = [.. systems, .. image.Layers.Zip(listings, (layer, listing) => FolderLayer.Plan(layer, listing, image.Created))],
            Execution = new ExecutionParameters
            {
                User = image.User,
                Entrypoint = image.Entrypoint,
                Command = image.Command,
                WorkingDirectory = image.WorkingDirectory,
                Further = image.StopSignal.Length == 0 ? null : new Dictionary<string, JsonElement> { ["StopSignal"] = JsonSerializer.SerializeToElement(image.StopSignal) },
            },
            Environment = image.Environment,
            Labels = image.Labels,
            Annotations = Annotations(image),
            IndexAnnotations = image.Recipe.Length == 0 ? new Dictionary<string, string>() : new() { [AnnotationKeys.Recipe] = image.Recipe },
        };
    }

    private static (IReadOnlyList<PlannedLayer> Layers, IReadOnlyList<string> Faults) Systems(SystemImageSpecification image)
    {
        var layers = new List<PlannedLayer>();
        var faults = new List<string>();
        foreach (var system in image.Systems)
        {
            var upper = new RootListing(system.Directory);
            var lower = system.Below is null ? null : new RootListing(system.Below);
            faults.AddRange([.. upper.Faults, .. lower?.Faults ?? []]);
            layers.Add(new("pipeline: /", async (output, cancellation) =>
            {
                var entries = lower is null ? upper.Entries(upper.Found.Keys) : await new RootDifference(upper, lower).EntriesAsync(cancellation);
                await new RootWriter(image.Created).WriteAsync(entries, output, cancellation);
            }));
        }
        return (layers, faults);
    }

    private static Dictionary<string, string> Annotations(SystemImageSpecification image)
    {
        var annotations = new Dictionary<string, string>
        {
            [AnnotationKeys.Created] = ImageDocuments.Time(image.Created),
            [AnnotationKeys.Title] = image.Title,
            [AnnotationKeys.Version] = image.Version,
        };
        if (image.Base is { } below)
            annotations[AnnotationKeys.BaseDigest] = below.Digest.Value;
        return annotations;
    }
}
