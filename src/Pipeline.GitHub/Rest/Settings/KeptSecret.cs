namespace Pipeline.GitHub.Rest;

/// <summary>A secret in the settings. GitHub tells its value to nobody but jobs.</summary>
/// <param name="Name">Its name, in capitals.</param>
/// <param name="CreatedAt">Since when it is there.</param>
/// <param name="UpdatedAt">When it was set last.</param>
public sealed record KeptSecret(string Name, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
