using Pipeline.Artifacts.Layers;

namespace Pipeline.Artifacts.Systems;

/// <summary>An entry of a root folder on its way into a layer.</summary>
/// <param name="Member">Its header.</param>
/// <param name="File">The file on this machine whose bytes follow; null when none do.</param>
internal sealed record RootEntry(TarMember Member, string? File);
