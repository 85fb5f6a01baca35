using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Environments and their protection: https://docs.github.com/rest/deployments/environments.</summary>
public sealed class Environments
{
    private readonly GitHubConnection connection;
    private readonly string path;

    internal Environments(GitHubConnection connection, string repository) => (this.connection, path) = (connection, $"{repository}/environments");

    /// <summary>All environments of the repository.</summary>
    public IAsyncEnumerable<DeploymentEnvironment> ListAsync(CancellationToken cancellation) =>
        connection.ListAsync<Page, DeploymentEnvironment>($"{path}?per_page=100", page => page.Environments, cancellation);

    /// <summary>An environment; null when there is none of that name, or the token may not see it.</summary>
    public Task<DeploymentEnvironment?> FindAsync(string name, CancellationToken cancellation) =>
        connection.FindAsync<DeploymentEnvironment>($"{path}/{Uri.EscapeDataString(name)}", cancellation);

    private sealed record Page(IReadOnlyList<DeploymentEnvironment> Environments);
}
