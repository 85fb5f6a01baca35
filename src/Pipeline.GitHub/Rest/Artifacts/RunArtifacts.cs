using System.Globalization;
using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Artifacts of runs: https://docs.github.com/rest/actions/artifacts.</summary>
public sealed class RunArtifacts
{
    private readonly GitHubConnection connection;
    private readonly string actions;

    internal RunArtifacts(GitHubConnection connection, string repository) => (this.connection, actions) = (connection, $"{repository}/actions");

    /// <summary>What a run keeps.</summary>
    public IAsyncEnumerable<RunArtifact> ListAsync(long run, CancellationToken cancellation) =>
        connection.ListAsync<Page, RunArtifact>(string.Create(CultureInfo.InvariantCulture, $"{actions}/runs/{run}/artifacts?per_page=100"), page => page.Artifacts, cancellation);

    /// <summary>An artifact; null when it is gone.</summary>
    public Task<RunArtifact?> FindAsync(long artifact, CancellationToken cancellation) => connection.FindAsync<RunArtifact>(Of(artifact), cancellation);

    /// <summary>Removes an artifact.</summary>
    public Task DeleteAsync(long artifact, CancellationToken cancellation) => connection.SendAsync(HttpMethod.Delete, Of(artifact), null, Repeating.IsSafe, cancellation);

    private string Of(long artifact) => string.Create(CultureInfo.InvariantCulture, $"{actions}/artifacts/{artifact}");

    private sealed record Page(IReadOnlyList<RunArtifact> Artifacts);
}
