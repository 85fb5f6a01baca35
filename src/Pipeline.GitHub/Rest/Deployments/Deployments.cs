using System.Globalization;
using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Deployments and their statuses: https://docs.github.com/rest/deployments.</summary>
public sealed class Deployments
{
    private readonly GitHubConnection connection;
    private readonly string path;

    internal Deployments(GitHubConnection connection, string repository) => (this.connection, path) = (connection, $"{repository}/deployments");

    /// <summary>Tells GitHub of a deployment. It merges nothing. Not repeated where GitHub might have made it.</summary>
    public Task<Deployment> CreateAsync(NewDeployment deployment, CancellationToken cancellation) =>
        connection.SendAsync<Deployment>(HttpMethod.Post, path, deployment, Repeating.WouldDouble, cancellation);

    /// <summary>Tells how a deployment goes. Older deployments of the environment stay as they are.</summary>
    public Task<DeploymentStatus> AddStatusAsync(long deployment, NewDeploymentStatus status, CancellationToken cancellation) =>
        connection.SendAsync<DeploymentStatus>(HttpMethod.Post, Statuses(deployment), status, Repeating.WouldDouble, cancellation);

    /// <summary>Deployments, newest first.</summary>
    /// <param name="environment">Those of this environment; of all when null.</param>
    /// <param name="cancellation">Ends it.</param>
    public IAsyncEnumerable<Deployment> ListAsync(string? environment, CancellationToken cancellation) =>
        connection.ListAsync<IReadOnlyList<Deployment>, Deployment>(
            $"{path}?per_page=100{(environment is null ? "" : $"&environment={Uri.EscapeDataString(environment)}")}", page => page, cancellation);

    /// <summary>How a deployment went, newest first.</summary>
    public IAsyncEnumerable<DeploymentStatus> ListStatusesAsync(long deployment, CancellationToken cancellation) =>
        connection.ListAsync<IReadOnlyList<DeploymentStatus>, DeploymentStatus>($"{Statuses(deployment)}?per_page=100", page => page, cancellation);

    private string Statuses(long deployment) => string.Create(CultureInfo.InvariantCulture, $"{path}/{deployment}/statuses");
}
