namespace Pipeline.Edge.Control;

/// <summary>How the .NET runtime of an edge is set up.</summary>
public static class EdgeRuntime
{
    /// <summary>
    /// Variables for the environment of the edge's process; there is no other way to say these. A proxy's requests leave nothing behind, so a large youngest generation
    /// (64 MB) makes collections, during which every request waits, a quarter as frequent. See https://learn.microsoft.com/dotnet/core/runtime-config/garbage-collector.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "1", ["DOTNET_GCgen0size"] = "0x4000000" };
}
