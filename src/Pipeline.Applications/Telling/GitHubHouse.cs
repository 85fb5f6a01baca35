using Pipeline.Applications.Sources.Git;
using Pipeline.Delivery;
using Pipeline.GitHub.Running;

namespace Pipeline.Applications.Telling;

/// <summary>The GitHub that this clone belongs to, found out once a run.</summary>
public sealed class GitHubHouse : IDisposable
{
    private readonly StatePaths paths;
    private readonly Func<string, string?> variables;
    private readonly TimeProvider time;
    // The client's own limits say how long a request may take; a token goes nowhere but where it was sent.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly SemaphoreSlim turn = new(1, 1);
    private GitHubSearch? found;

    /// <summary>Nothing is asked yet.</summary>
    /// <param name="paths">The folders of this clone.</param>
    /// <param name="time">The clock.</param>
    public GitHubHouse(StatePaths paths, TimeProvider time)
        : this(paths, System.Environment.GetEnvironmentVariable, time)
    {
    }

    internal GitHubHouse(StatePaths paths, Func<string, string?> variables, TimeProvider time) => (this.paths, this.variables, this.time) = (paths, variables, time);

    /// <summary>How to speak with it, or why there is none at hand. Asks git for the remote origin, and nobody else.</summary>
    /// <exception cref="DeliveryException">A variable that names it holds what it cannot.</exception>
    public async Task<GitHubSearch> FindAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return found ??= GitHubAccess.Find(
                variables, await new GitCommand(paths.Repository).TryAskAsync(cancellation, "remote", "get-url", "origin"), http, time);
        }
        catch (FormatException wrong)
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
