namespace Pipeline.GitHub.Rest;

/// <summary>An artifact of a run.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="SizeInBytes">Its size.</param>
/// <param name="Expired">Whether its content is gone.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="Digest">The hash of its archive, as <c>sha256:…</c>; null for one of before 2025.</param>
public sealed record RunArtifact(long Id, string Name, long SizeInBytes, bool Expired, DateTimeOffset? CreatedAt = null, DateTimeOffset? ExpiresAt = null, string? Digest = null);
