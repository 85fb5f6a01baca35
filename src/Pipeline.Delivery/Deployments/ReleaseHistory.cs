using Pipeline.Delivery.Releases;

namespace Pipeline.Delivery.Deployments;

/// <summary>What an environment ran, read from its deployments: going forward adds a release, going back takes those above it away.</summary>
public sealed class ReleaseHistory
{
    private readonly List<DeploymentRecord> stack = [];

    /// <summary>Reads the history.</summary>
    /// <param name="newestFirst">The deployments to one environment as the ledger gives them.</param>
    public ReleaseHistory(IEnumerable<DeploymentRecord> newestFirst)
    {
        foreach (var deployment in newestFirst.Where(deployment => deployment.Outcome == DeploymentOutcome.Succeeded).Reverse())
        {
            var below = stack.FindLastIndex(earlier => earlier.Release.Digest == deployment.Release.Digest);
            if (below >= 0 && (deployment.Kind == DeploymentKind.Rollback || below == stack.Count - 1))
                stack.RemoveRange(below, stack.Count - below);
            stack.Add(deployment);
        }
    }

    /// <summary>The deployment whose release should serve now; null when there was none.</summary>
    public DeploymentRecord? Current => stack.Count > 0 ? stack[^1] : null;

    /// <summary>The deployment that a rollback without arguments returns to; null when there is none.</summary>
    public DeploymentRecord? Previous => stack.Count > 1 ? stack[^2] : null;

    /// <summary>The newest deployment below the current one of a release; null when it is not among those to return to.</summary>
    public DeploymentRecord? Find(Digest digest) => stack.SkipLast(1).LastOrDefault(deployment => deployment.Release.Digest == digest);

    /// <summary>The current release and those below it that rollbacks return to, one after the other.</summary>
    /// <param name="below">How many different releases below the current one.</param>
    public IReadOnlySet<Digest> Newest(int below) => Enumerable.Reverse(stack).Select(deployment => deployment.Release.Digest).Distinct().Take(below + 1).ToHashSet();
}
