namespace Pipeline.GitHub.Rest;

/// <summary>Finds who speaks to GitHub.</summary>
public static class GitHubTokens
{
    private static readonly string[] Given = ["GITHUB_TOKEN", "GH_TOKEN"];

    /// <summary>The variables whose values nobody may see.</summary>
    internal static IReadOnlyList<string> SecretVariables { get; } = [.. Given, "GITHUB_APP_PRIVATE_KEY"];

    /// <summary>
    /// <c>GITHUB_TOKEN</c> (or <c>GH_TOKEN</c>), else the app that <c>GITHUB_APP_ID</c> and <c>GITHUB_APP_PRIVATE_KEY</c> name, else whoever is signed in with gh.
    /// </summary>
    /// <param name="variables">The value of a variable, or null.</param>
    /// <param name="repository">The repository, for an app.</param>
    /// <param name="options">How GitHub is spoken to.</param>
    /// <param name="http">Sends requests, for an app.</param>
    /// <param name="time">The clock, for an app.</param>
    /// <exception cref="FormatException">The app has a number without a key or a key without a number, or its key is none.</exception>
    public static IGitHubToken Find(Func<string, string?> variables, RepositoryName repository, GitHubOptions options, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var name in Given)
        {
            if (variables(name) is { Length: > 0 } token)
                return new GivenToken(token, name);
        }
        return (variables("GITHUB_APP_ID"), variables("GITHUB_APP_PRIVATE_KEY")) switch
        {
            ({ Length: > 0 } app, { Length: > 0 } key) => new AppToken(app, key, repository, options, http, time),
            ({ Length: > 0 }, _) => throw new FormatException("GITHUB_APP_ID is set and GITHUB_APP_PRIVATE_KEY is not; set both, or neither"),
            (_, { Length: > 0 }) => throw new FormatException("GITHUB_APP_PRIVATE_KEY is set and GITHUB_APP_ID is not; set both, or neither"),
            _ => new CliToken(options.Api.Host == "api.github.com" ? "github.com" : options.Api.Host),
        };
    }
}
