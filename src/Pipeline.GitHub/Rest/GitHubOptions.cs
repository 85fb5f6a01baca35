namespace Pipeline.GitHub.Rest;

/// <summary>How GitHub is spoken to.</summary>
public sealed record GitHubOptions
{
    /// <summary>The address of the interface: <c>GITHUB_API_URL</c> says it on a runner; <c>https://HOST/api/v3</c> for GitHub Enterprise Server. <c>https://api.github.com</c> by default.</summary>
    public Uri Api { get; init; } = new("https://api.github.com");

    /// <summary>How long one try may take. 30 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request that may be repeated is tried again. 3 by default; 0 for never.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The first pause before another try; each further one is twice as long. 1 second by default.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long is waited where GitHub says how long, at most, each time: for the end of a limit, or of an outage (<c>Retry-After</c>). 2 minutes by default; with a longer
    /// wait the request fails at once.
    /// </summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What the variables of a process say: <c>GITHUB_API_URL</c>, else the default.</summary>
    /// <param name="variables">The value of a variable, or null.</param>
    /// <exception cref="FormatException">The address is none of http or https, or has a user, a query or a fragment.</exception>
    public static GitHubOptions Read(Func<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (variables("GITHUB_API_URL") is not { Length: > 0 } text)
            return new();
        return Uri.TryCreate(text, UriKind.Absolute, out var api) && api.Scheme is "https" or "http" && api.UserInfo.Length + api.Query.Length + api.Fragment.Length == 0
            ? new() { Api = api }
            : throw new FormatException($"GITHUB_API_URL is '{text}', which is no address of GitHub's interface; write https://api.github.com, or https://HOST/api/v3 for GitHub Enterprise Server");
    }
}
