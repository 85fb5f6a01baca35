using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Running;

/// <summary>The repository on GitHub that a build program is about, and all that is needed to speak with it.</summary>
public sealed record GitHubAccess
{
    private GitHubAccess(GitHubRepository repository, Uri server, IGitHubToken token, ActionsRun? run) =>
        (Repository, Server, Token, Run) = (repository, server, token, run);

    /// <summary>The repository.</summary>
    public GitHubRepository Repository { get; }

    /// <summary>Where people look at GitHub: <c>https://github.com/</c>.</summary>
    public Uri Server { get; }

    /// <summary>Who speaks.</summary>
    public IGitHubToken Token { get; }

    /// <summary>The run of a workflow that this is a part of; null outside of a runner.</summary>
    public ActionsRun? Run { get; }

    /// <summary>Names the repository among all of all GitHubs: <c>github.com/mia/shop</c>. In small letters, since GitHub finds a repository however its name is written.</summary>
    public string Name => $"{Server.Authority}/{Repository.Name}".ToLowerInvariant();

    /// <summary>
    /// Finds the repository: <c>GITHUB_REPOSITORY</c>, else what the remote <c>origin</c> names. A token goes to no other host than GitHub's own, and the one that
    /// <c>GITHUB_API_URL</c>, <c>GITHUB_SERVER_URL</c> or <c>GH_HOST</c> names. Sends nothing.
    /// </summary>
    /// <param name="variables">The value of a variable, or null.</param>
    /// <param name="origin">The address of the remote <c>origin</c>; null where there is none.</param>
    /// <param name="http">Sends the requests.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">A variable holds what it cannot.</exception>
    public static GitHubSearch Find(Func<string, string?> variables, string? origin, HttpClient http, TimeProvider time) => Find(variables, origin, http, time, new());

    /// <summary>As <see cref="Find(Func{string, string?}, string?, HttpClient, TimeProvider)"/>, for a program that keeps secrets out of what it writes.</summary>
    /// <param name="variables">The value of a variable, or null.</param>
    /// <param name="learn">Is told every token and key before it is used: those in variables now, those of an app and of gh once they are fetched.</param>
    /// <param name="origin">The address of the remote <c>origin</c>; null where there is none.</param>
    /// <param name="http">Sends the requests.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="FormatException">A variable holds what it cannot.</exception>
    public static GitHubSearch Find(Func<string, string?> variables, Action<string> learn, string? origin, HttpClient http, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(learn);
        foreach (var name in GitHubTokens.SecretVariables)
        {
            if (Given(variables, name) is { } secret)
                learn(secret);
        }
        return Find(variables, origin, http, time, new(), learn);
    }

    /// <summary>As <see cref="Find(Func{string, string?}, string?, HttpClient, TimeProvider)"/>, spoken to in a way of one's own.</summary>
    internal static GitHubSearch Find(Func<string, string?> variables, string? origin, HttpClient http, TimeProvider time, GitHubOptions manner, Action<string>? learn = null)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var run = ActionsRun.Find(variables);
        var address = Locate(variables, origin, run, out var missing);
        if (address is null)
            return new(null, missing);
        var options = manner with { Api = Given(variables, "GITHUB_API_URL") is null ? Interface(address.Host) : GitHubOptions.Read(variables).Api };
        var token = GitHubTokens.Find(variables, address.Repository, options, http, time);
        if (token is CliToken && !IsOnPath(variables("PATH"), "gh"))
            return new(null, $"nobody speaks with {address.Host}: GITHUB_TOKEN is not set, and gh is not to be had; set the one, or install the other and sign in");
        if (learn is not null)
            token = new LearntToken(token, learn);
        var server = run?.Server ?? new Uri($"https://{address.Host}/");
        return new(new(new(address.Repository, token, options, http, time), server, token, run), $"{server.Authority}/{address.Repository} with the token from {token.Origin}");
    }

    private static RemoteAddress? Locate(Func<string, string?> variables, string? origin, ActionsRun? run, out string missing)
    {
        missing = "";
        if (run is not null)
            return new(run.Server.Authority, run.Repository);
        if (Given(variables, "GITHUB_REPOSITORY") is { } name)
            return new(NamedHost(variables) ?? "github.com", RepositoryName.Parse(name));
        if (origin is null)
        {
            missing = "the clone has no remote origin; set GITHUB_REPOSITORY to owner/name";
            return null;
        }
        if (RemoteAddress.Parse(origin) is not { } remote)
        {
            missing = "the remote origin is no repository on a host; set GITHUB_REPOSITORY to owner/name";
            return null;
        }
        if (remote.Host == "github.com" || IsOfDataResidency(remote.Host) || remote.Host == NamedHost(variables))
            return remote;
        missing = $"the remote origin is at {remote.Host}, which is not known to be a GitHub; set GITHUB_API_URL to https://{remote.Host}/api/v3 where it is GitHub Enterprise Server";
        return null;
    }

    /// <summary>The host that somebody named as a GitHub.</summary>
    private static string? NamedHost(Func<string, string?> variables)
    {
        if (Given(variables, "GITHUB_SERVER_URL") is { } server && Uri.TryCreate(server, UriKind.Absolute, out var site))
            return site.Authority;
        if (Given(variables, "GITHUB_API_URL") is not null && GitHubOptions.Read(variables).Api is var api)
            return api.Host.StartsWith("api.", StringComparison.Ordinal) ? api.Authority["api.".Length..] : api.Authority;
        return Given(variables, "GH_HOST");
    }

    /// <summary>https://docs.github.com/rest/using-the-rest-api/getting-started-with-the-rest-api#about-the-url.</summary>
    private static Uri Interface(string host) => host == "github.com"
        ? new GitHubOptions().Api
        : new(IsOfDataResidency(host) ? $"https://api.{host}" : $"https://{host}/api/v3");

    private static bool IsOfDataResidency(string host) => host.EndsWith(".ghe.com", StringComparison.Ordinal);

    private static string? Given(Func<string, string?> variables, string name) => variables(name) is { Length: > 0 } value ? value : null;

    private static bool IsOnPath(string? path, string program) => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));
}

/// <summary>Whether a GitHub is at hand.</summary>
/// <param name="Access">How to speak with it; null when there is none.</param>
/// <param name="Reason">Which one and who speaks; or why there is none, with the remedy.</param>
public sealed record GitHubSearch(GitHubAccess? Access, string Reason);
