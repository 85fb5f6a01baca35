using Pipeline.GitHub.Rest.Transport;

namespace Pipeline.GitHub.Rest;

/// <summary>Releases: https://docs.github.com/rest/releases/releases.</summary>
public sealed class Releases
{
    private readonly GitHubConnection connection;
    private readonly string path;

    internal Releases(GitHubConnection connection, string repository) => (this.connection, path) = (connection, $"{repository}/releases");

    /// <summary>All releases, newest first.</summary>
    public IAsyncEnumerable<PublishedRelease> ListAsync(CancellationToken cancellation) =>
        connection.ListAsync<IReadOnlyList<PublishedRelease>, PublishedRelease>($"{path}?per_page=100", page => page, cancellation);

    /// <summary>The release of a tag; null when there is none.</summary>
    public Task<PublishedRelease?> FindAsync(string tag, CancellationToken cancellation) =>
        connection.FindAsync<PublishedRelease>($"{path}/tags/{Uri.EscapeDataString(tag)}", cancellation);

    /// <summary>Publishes a release. A tag that has one already is a <see cref="GitHubFault.Invalid"/>.</summary>
    public Task<PublishedRelease> CreateAsync(NewRelease release, CancellationToken cancellation) =>
        connection.SendAsync<PublishedRelease>(HttpMethod.Post, path, release, Repeating.WouldDouble, cancellation);
}
