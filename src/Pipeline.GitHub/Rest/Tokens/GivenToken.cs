namespace Pipeline.GitHub.Rest;

/// <summary>A token that somebody handed over.</summary>
/// <param name="token">The token.</param>
/// <param name="origin">Where it is from: <c>GITHUB_TOKEN</c>.</param>
public sealed class GivenToken(string token, string origin) : IGitHubToken
{
    /// <inheritdoc />
    public string Origin => origin;

    /// <inheritdoc />
    public Task<string> ReadAsync(CancellationToken cancellation) => Task.FromResult(token);
}
