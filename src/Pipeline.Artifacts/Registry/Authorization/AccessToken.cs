using System.Text.Json.Serialization;

namespace Pipeline.Artifacts.Registry.Authorization;

/// <summary>A bearer token and until when it is used.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset Until);

/// <summary>What a token server answers: https://distribution.github.io/distribution/spec/auth/token.</summary>
internal sealed record TokenAnswer
{
    [JsonPropertyName("token")]
    public string? Token { get; init; }

    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    [JsonPropertyName("expires_in")]
    public int? ExpiresIn { get; init; }

    /// <summary>Never less than a minute, whatever the server says: that is the specification's rule for clients.</summary>
    public TimeSpan Life => TimeSpan.FromSeconds(Math.Max(ExpiresIn ?? 60, 60));

    public string? Value => Token ?? AccessToken;
}
