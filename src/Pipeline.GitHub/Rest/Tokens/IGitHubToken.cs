namespace Pipeline.GitHub.Rest;

/// <summary>Who speaks to GitHub.</summary>
public interface IGitHubToken
{
    /// <summary>Where the token is from, for messages; never the token itself.</summary>
    string Origin { get; }

    /// <summary>The token, fresh enough for a request now.</summary>
    /// <param name="cancellation">Ends the waiting for it.</param>
    Task<string> ReadAsync(CancellationToken cancellation);
}
