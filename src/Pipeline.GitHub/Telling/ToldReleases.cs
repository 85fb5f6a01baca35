using System.Runtime.CompilerServices;
using Pipeline.Delivery.Releases;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Telling;

/// <summary>What GitHub was told of the releases that served: for whoever may ask GitHub and not the ledger, such as a pull request's check.</summary>
/// <param name="deployments">The repository's deployments.</param>
public sealed class ToldReleases(Rest.Deployments deployments)
{
    // Jobs that name the environment leave deployments of their own there, without a word of a release.
    private const int MostDeployments = 30;

    /// <summary>The digests of the releases that served an environment: the one that serves first, then those before it, the newest first.</summary>
    /// <exception cref="GitHubException">GitHub refuses, or cannot be reached.</exception>
    public async IAsyncEnumerable<Digest> ServedAsync(string environment, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Digest> replaced = [];
        await foreach (var deployment in deployments.ListAsync(environment, cancellation).Take(MostDeployments).WithCancellation(cancellation))
        {
            if (!Digest.TryParse(Wording.Text(deployment.Payload, "digest"), out var digest))
                continue;
            var states = await deployments.ListStatusesAsync(deployment.Id, cancellation).Select(status => status.State).ToListAsync(cancellation);
            if (states is [DeploymentState.Success, ..])
                yield return digest;
            else if (states.Contains(DeploymentState.Success))
                replaced.Add(digest);
        }
        foreach (var digest in replaced)
            yield return digest;
    }
}
