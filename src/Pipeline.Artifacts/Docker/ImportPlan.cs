using System.Formats.Tar;
using Pipeline.Artifacts.Layers;
using Pipeline.Artifacts.Oci;
using Pipeline.Artifacts.Storing;
using Pipeline.Delivery;
using Pipeline.Delivery.Releases;

namespace Pipeline.Artifacts.Docker;

/// <summary>Plans the image that an engine built as one of a store: the base's layers as they are, those above it without what differs from build to build.</summary>
internal static class ImportPlan
{
    // What the engine notes of its own build step stays behind.
    private static readonly string[] Kept = ["ExposedPorts", "Volumes", "StopSignal", "Healthcheck", "Shell"];

    /// <exception cref="DeliveryException">The archive or the specification has faults; all of the latter are listed.</exception>
    public static async Task<ImagePlan> OfAsync(ImportedImage image, CancellationToken cancellation)
    {
        var saved = await SavedImage.OpenAsync(image.Archive, cancellation);
        var below = await BelowAsync(image, cancellation);
        var execution = saved.Configuration.Execution ?? new ExecutionParameters();
        var faults = SpecificationCheck.Faults(image).Concat(Faults(image, saved, below.Layers, execution)).ToArray();
        if (faults.Length > 0)
            throw SpecificationCheck.Refusal($"{image.Title} {image.Version}", faults);
        var own = Enumerable.Range(below.Layers.Count, saved.Layers.Count - below.Layers.Count).ToArray();
        var baseLayers = image.Base is null ? Enumerable.Range(0, below.Layers.Count) : [];
        return new ImagePlan
        {
            Name = $"{image.Title} {image.Version}",
            Version = image.Version,
            Commit = image.Commit,
            Created = image.Created,
            Architecture = saved.Configuration.Architecture,
            OperatingSystem = saved.Configuration.OperatingSystem,
            Base = image.Base,
            ApplicationLayers = own.Length,
            Layers = [
                .. baseLayers.Select(number => new PlannedLayer("base image", (output, ct) => saved.ReadLayerAsync(number, layer => layer.CopyToAsync(output, ct), ct))),
                .. own.Select(number => new PlannedLayer("docker build", (output, ct) => saved.ReadLayerAsync(number, layer => new LayerNormalizer(image.Created).WriteAsync(layer, output, ct), ct)))],
            Execution = execution with
            {
                Labels = null,
                Environment = null,
                Further = execution.Further?.Where(pair => Kept.Contains(pair.Key) && pair.Value.ValueKind != System.Text.Json.JsonValueKind.Null).ToDictionary(),
            },
            Environment = Environment(image, execution, below.Environment),
            Labels = await LabelsAsync(image, saved, own, execution, cancellation),
            Annotations = ApplicationPlan.Annotations(image.Title, image.Version, image.Commit, image.Created, image.Source, image.Base?.Digest),
        };
    }

    private static async Task<(IReadOnlyList<Digest> Layers, IReadOnlyList<string> Environment)> BelowAsync(ImportedImage image, CancellationToken cancellation)
    {
        if (image.Base is null)
            return (image.BaseLayers, []);
        var (below, _) = await image.Base.Store.OpenContentAsync(image.Base.Digest, cancellation);
        return (below.Configuration.RootFileSystem.DiffIds, below.Configuration.Execution?.Environment ?? []);
    }

    private static IEnumerable<string> Faults(ImportedImage image, SavedImage saved, IReadOnlyList<Digest> below, ExecutionParameters execution)
    {
        if (!saved.Layers.Take(below.Count).SequenceEqual(below))
            yield return $"its lowest layers are not those of {image.Base?.Name ?? "the image that FROM names"}; let the last FROM of the Dockerfile name it";
        else if (saved.Layers.Count == below.Count)
            yield return "it has no layer above its base; COPY the application into it";
        if (IsRoot(execution.User))
            yield return $"USER is '{execution.User}', so it would run as root; write one without rights such as USER 1654";
        if (Folder(execution).Length == 0)
            yield return "WORKDIR is not set, so nothing says which folder is the application's; write one such as WORKDIR /app";
        if (execution is { Entrypoint: null or { Count: 0 }, Command: null or { Count: 0 } })
            yield return "neither ENTRYPOINT nor CMD is set; name the program that starts the application";
    }

    private static bool IsRoot(string? user) => user is null or "" or "0" or "root" || user.StartsWith("0:", StringComparison.Ordinal) || user.StartsWith("root:", StringComparison.Ordinal);

    private static string Folder(ExecutionParameters execution) => (execution.WorkingDirectory ?? "").Trim('/');

    /// <summary>The application's own variables: those that the base has not, or has with another value.</summary>
    private static Dictionary<string, string> Environment(ImportedImage image, ExecutionParameters execution, IReadOnlyList<string> below)
    {
        var own = (execution.Environment ?? []).Except(below, StringComparer.Ordinal).Select(variable => variable.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        (own["PIPELINE_COMMIT"], own["PIPELINE_VERSION"]) = (image.Commit, image.Version);
        return own;
    }

    private static async Task<Dictionary<string, string>> LabelsAsync(
        ImportedImage image, SavedImage saved, IEnumerable<int> own, ExecutionParameters execution, CancellationToken cancellation)
    {
        var labels = new Dictionary<string, string>(execution.Labels ?? new Dictionary<string, string>());
        foreach (var (key, value) in image.Labels)
            labels[key] = value;
        if (image.Images.Count > 0)
            labels[AnnotationKeys.BuildImages] = string.Join(' ', image.Images);
        labels[AnnotationKeys.ApplicationFolder] = "/" + Folder(execution);
        labels[AnnotationKeys.Migrations] = string.Join(',', await MigrationsAsync(saved, own, Folder(execution), cancellation));
        return labels;
    }

    private static async Task<IEnumerable<string>> MigrationsAsync(SavedImage saved, IEnumerable<int> own, string folder, CancellationToken cancellation)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var number in own)
            await saved.ReadLayerAsync(number, layer => CollectAsync(layer, folder, found, cancellation), cancellation);
        return found;
    }

    private static async Task CollectAsync(Stream layer, string folder, SortedSet<string> found, CancellationToken cancellation)
    {
        await using var reader = new TarReader(layer, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
        {
            var path = LayerPath.Normalize(entry.Name);
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (name.StartsWith(".wh.", StringComparison.Ordinal))
                found.RemoveWhere(id => MigrationFiles.Id(path[..^name.Length] + name[".wh.".Length..], folder) == id);
            else if (MigrationFiles.Id(path, folder) is { } id)
                found.Add(id);
        }
    }
}
