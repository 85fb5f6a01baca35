namespace Pipeline.GitHub.Rest;

/// <summary>A token that somebody learns before anything is done with it, so that it can be kept out of what the program writes.</summary>
/// <param name="token">The token.</param>
/// <param name="learn">Is told its value, each new one once.</param>
internal sealed class LearntToken(IGitHubToken token, Action<string> learn) : IGitHubToken
{
    private string? known;

    public string Origin => token.Origin;

    public async Task<string> ReadAsync(CancellationToken cancellation)
    {
        var value = await token.ReadAsync(cancellation);
        if (value == known)
            return value;
        learn(value);
        return known = value;
    }
}
