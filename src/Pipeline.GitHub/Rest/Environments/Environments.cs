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

    /// <summary>The branches and tags that may deploy to an environment which lists them; none where it does not (<see cref="DeploymentBranchPolicy.CustomBranchPolicies"/>).</summary>
    public IAsyncEnumerable<BranchPattern> ListBranchesAsync(string name, CancellationToken cancellation) =>
        connection.ListAsync<BranchPage, BranchPattern>($"{path}/{Uri.EscapeDataString(name)}/deployment-branch-policies?per_page=100", page => page.BranchPolicies, cancellation);

    /// <summary>The secrets of an environment, without their values: https://docs.github.com/rest/actions/secrets.</summary>
    public IAsyncEnumerable<KeptSecret> ListSecretsAsync(string name, CancellationToken cancellation) =>
        connection.ListAsync<SecretPage, KeptSecret>($"{path}/{Uri.EscapeDataString(name)}/secrets?per_page=100", page => page.Secrets, cancellation);

    /// <summary>The variables of an environment: https://docs.github.com/rest/actions/variables.</summary>
    public IAsyncEnumerable<KeptVariable> ListVariablesAsync(string name, CancellationToken cancellation) =>
        connection.ListAsync<VariablePage, KeptVariable>($"{path}/{Uri.EscapeDataString(name)}/variables?per_page=30", page => page.Variables, cancellation);

    private sealed record BranchPage(IReadOnlyList<BranchPattern> BranchPolicies);

    private sealed record Page(IReadOnlyList<DeploymentEnvironment> Environments);
}
