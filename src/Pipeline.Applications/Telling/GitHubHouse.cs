using Pipeline.Applications.Sources.Git;
using Pipeline.Delivery;
using Pipeline.GitHub.Running;

namespace Pipeline.Applications.Telling;

/// <summary>The GitHub that this clone belongs to, found out once a run.</summary>
public sealed class GitHubHouse : IDisposable
{
    private readonly StatePaths paths;
    private readonly Func<string, string?> variables;
    private readonly Action<string> learn;
    private readonly TimeProvider time;
    // The client's own limits say how long a request may take; a token goes nowhere but where it was sent.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim turn = new(1, 1);
    private GitHubSearch? found;

    /// <summary>Nothing is asked yet.</summary>
    /// <param name="paths">The folders of this clone.</param>
    /// <param name="learn">Is told every token and key before it is used, so that it can be masked.</param>
    /// <param name="time">The clock.</param>
    public GitHubHouse(StatePaths paths, Action<string> learn, TimeProvider time)
        : this(paths, System.Environment.GetEnvironmentVariable, learn, time)
    {
    }

    internal GitHubHouse(StatePaths paths, Func<string, string?> variables, Action<string> learn, TimeProvider time) =>
        (this.paths, this.variables, this.learn, this.time) = (paths, variables, learn, time);

    /// <summary>Whether this is a part of a job on GitHub, whether or not anybody may speak there.</summary>
    public bool IsInJob => variables("GITHUB_ACTIONS") == "true";

    /// <summary>How to speak with it, or why there is none at hand. Asks git for the remote origin, and nobody else.</summary>
    /// <exception cref="DeliveryException">A variable that names it holds what it cannot, or a token is too short to be masked.</exception>
    public async Task<GitHubSearch> FindAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return found ??= GitHubAccess.Find(
                variables, learn, await new GitCommand(paths.Repository).TryAskAsync(cancellation, "remote", "get-url", "origin"), http, time);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new DeliveryException(wrong.Message, wrong);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        http.Dispose();
        turn.Dispose();
    }
}
