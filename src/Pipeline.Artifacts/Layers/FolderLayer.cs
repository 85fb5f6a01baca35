using Pipeline.Artifacts.Storing;

namespace Pipeline.Artifacts.Layers;

/// <summary>A listed folder as a layer that is still to be written.</summary>
internal static class FolderLayer
{
    public static PlannedLayer Plan(LayerSource source, FolderListing listing, DateTimeOffset created) => new(
        $"pipeline: {source.Target}", (output, cancellation) => new LayerWriter(created).WriteAsync(listing.Entries, output, cancellation));
}
