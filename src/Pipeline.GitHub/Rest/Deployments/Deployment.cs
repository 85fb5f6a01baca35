using System.Text.Json;

namespace Pipeline.GitHub.Rest;

/// <summary>A deployment as GitHub knows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Sha">The commit.</param>
/// <param name="Ref">The branch, tag or commit that was named.</param>
/// <param name="Environment">Where to.</param>
/// <param name="Description">What people read; null or empty when nothing was said.</param>
/// <param name="Payload">What was handed over with it: an object, or a text.</param>
/// <param name="CreatedAt">Since when GitHub knows it.</param>
/// <param name="Creator">Who told.</param>
public sealed record Deployment(long Id, string Sha, string Ref, string Environment, string? Description, JsonElement Payload, DateTimeOffset CreatedAt, Account? Creator = null);
