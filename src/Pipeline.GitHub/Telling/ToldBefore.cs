using Pipeline.Delivery.Deployments;
using Pipeline.GitHub.Rest;

namespace Pipeline.GitHub.Telling;

/// <summary>What GitHub heard although nobody got its answer: looked for before anything is told again.</summary>
internal sealed class ToldBefore(Rest.Deployments deployments)
{
    // Newest come first; what GitHub knows longer than this before the deployment began is another one, however much the clocks differ.
    private static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    private readonly HashSet<long> made = [];

    private readonly Dictionary<long, IReadOnlyList<DeploymentStatus>> statuses = [];

    /// <summary>Nothing was said yet of a deployment that GitHub has just made.</summary>
    public void RememberNew(long number) => made.Add(number);

    /// <summary>GitHub's number of a deployment; null when it has none.</summary>
    public async Task<long?> FindAsync(DeploymentRecord deployment, CancellationToken cancellation)
    {
        var wanted = Wording.Payload(deployment);
        await foreach (var candidate in deployments.ListAsync(deployment.Environment, cancellation))
        {
            if (candidate.CreatedAt < deployment.StartedAt - Doubt)
                return null;
            if (wanted.All(entry => Wording.Text(candidate.Payload, entry.Key) == entry.Value))
                return candidate.Id;
        }
        return null;
    }

    /// <summary>The number of a status with that state; null when there is none.</summary>
    public async Task<long?> FindStatusAsync(long number, DeploymentState state, CancellationToken cancellation)
    {
        if (made.Contains(number))
            return null;
        if (!statuses.TryGetValue(number, out var known))
            statuses[number] = known = await deployments.ListStatusesAsync(number, cancellation).ToListAsync(cancellation);
        return known.FirstOrDefault(status => status.State == state)?.Id;
    }
}
