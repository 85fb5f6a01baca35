using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>
/// What the settings of a repository say about Actions: https://docs.github.com/rest/actions/secrets, https://docs.github.com/rest/actions/variables and
/// https://docs.github.com/rest/actions/permissions. Those of an environment are at <see cref="Environments"/>.
/// </summary>
public sealed class ActionsSettings
{
    private readonly GitHubConnection connection;
    private readonly string path;

    internal ActionsSettings(GitHubConnection connection, string repository) => (this.connection, path) = (connection, $"{repository}/actions");

    /// <summary>The repository's secrets, without their values.</summary>
    public IAsyncEnumerable<KeptSecret> ListSecretsAsync(CancellationToken cancellation) => SecretsAsync("secrets", cancellation);

    /// <summary>The organization's secrets that the repository gets, without their values.</summary>
    public IAsyncEnumerable<KeptSecret> ListOrganizationSecretsAsync(CancellationToken cancellation) => SecretsAsync("organization-secrets", cancellation);

    /// <summary>The repository's variables.</summary>
    public IAsyncEnumerable<KeptVariable> ListVariablesAsync(CancellationToken cancellation) => VariablesAsync("variables", cancellation);

    /// <summary>The organization's variables that the repository gets.</summary>
    public IAsyncEnumerable<KeptVariable> ListOrganizationVariablesAsync(CancellationToken cancellation) => VariablesAsync("organization-variables", cancellation);

    /// <summary>Which workflows may run.</summary>
    public Task<ActionsPermissions> ReadPermissionsAsync(CancellationToken cancellation) => connection.ReadAsync<ActionsPermissions>($"{path}/permissions", cancellation);

    /// <summary>What the token of a job may do that does not say so itself.</summary>
    public Task<DefaultPermissions> ReadDefaultPermissionsAsync(CancellationToken cancellation) => connection.ReadAsync<DefaultPermissions>($"{path}/permissions/workflow", cancellation);

    private IAsyncEnumerable<KeptSecret> SecretsAsync(string whose, CancellationToken cancellation) =>
        connection.ListAsync<SecretPage, KeptSecret>($"{path}/{whose}?per_page=100", page => page.Secrets, cancellation);

    // GitHub gives no more variables on a page.
    private IAsyncEnumerable<KeptVariable> VariablesAsync(string whose, CancellationToken cancellation) =>
        connection.ListAsync<VariablePage, KeptVariable>($"{path}/{whose}?per_page=30", page => page.Variables, cancellation);
}
