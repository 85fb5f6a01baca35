using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Telling;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Running;

namespace Pipeline.GitHub.Telling;

/// <summary>
/// Tells GitHub of deployments what the ledger knows and GitHub does not yet: https://docs.github.com/rest/deployments. Whoever tells takes turns, and what was told
/// is recorded; where an answer was lost GitHub is asked first what it has heard, so that nothing is told twice.
/// </summary>
/// <param name="access">The repository.</param>
/// <param name="tellings">What was told.</param>
/// <param name="by">Who tells, for the record.</param>
/// <param name="time">The clock.</param>
public sealed class DeploymentTeller(GitHubAccess access, ITellings tellings, string by, TimeProvider time)
{
    private const int MostDeployments = 200;

    /// <summary>Takes secrets out of what people read; by default nothing is taken out.</summary>
    public Func<string, string> Hide { get; init; } = text => text;

    /// <summary>Tells all that is untold, in the order in which it came to be, until GitHub cannot be told any more.</summary>
    /// <param name="cancellation">Ends it; what is left is told another time.</param>
    /// <exception cref="Delivery.DeliveryException">The ledger cannot be read or written.</exception>
    public async Task<TellingReport> TellAsync(CancellationToken cancellation)
    {
        await using var turn = await tellings.TakeTurnAsync(access.Name, cancellation);
        var untold = Untold.Of(await tellings.ReadAsync(access.Name, MostDeployments, cancellation));
        var before = new ToldBefore(access.Repository.Deployments);
        List<string> told = [];
        Dictionary<long, RefusedTelling> refused = [];
        Dictionary<long, long> numbers = [];
        foreach (var (deployment, fact) in untold.Where(each => !refused.ContainsKey(each.Deployment.Deployment.Id)))
        {
            var record = deployment.Deployment;
            try
            {
                var known = deployment.Told.TryGetValue(DeploymentFact.Begun, out var number) || numbers.TryGetValue(record.Id, out number);
                var reference = fact == DeploymentFact.Begun ? await BeginAsync(before, deployment, cancellation)
                    : known ? await SayAsync(before, number, deployment, fact, cancellation)
                    : throw new InvalidOperationException($"deployment {record.Id} has a status before it is there");
                if (fact == DeploymentFact.Begun)
                    numbers[record.Id] = reference;
                // GitHub has heard it: that is recorded even when the run ends now.
                await tellings.RecordAsync(new(record.Id, access.Name, fact, reference, by, time.GetUtcNow()), CancellationToken.None);
                told.Add($"deployment {record.Id} to {record.Environment}: {Wording.Of(fact)}");
            }
            catch (GitHubException no) when (no.Fault is GitHubFault.Invalid or GitHubFault.Conflict || (no.Fault == GitHubFault.NotFound && fact != DeploymentFact.Begun))
            {
                // It is about this deployment alone, such as a commit that GitHub does not have; the others need not wait for it.
                refused.Add(record.Id, new(record.Id, $"deployment {record.Id} to {record.Environment} ({record.Release.Version}, commit {record.Release.Commit}): {no.Message}"));
            }
            catch (GitHubException broken)
            {
                return new(told, [.. refused.Values], untold.Count - told.Count, broken);
            }
        }
        return new(told, [.. refused.Values], untold.Count - told.Count, null);
    }

    /// <summary>Looks whether GitHub answers questions about deployments to an environment.</summary>
    /// <exception cref="GitHubException">It does not.</exception>
    public async Task ReachAsync(string environment, CancellationToken cancellation) =>
        await access.Repository.Deployments.ListAsync(environment, cancellation).FirstOrDefaultAsync(cancellation);

    private async Task<long> BeginAsync(ToldBefore before, ToldDeployment deployment, CancellationToken cancellation)
    {
        if (await before.FindAsync(deployment.Deployment, cancellation) is { } there)
            return there;
        var made = await access.Repository.Deployments.CreateAsync(Wording.Introduce(deployment, Hide), cancellation);
        before.RememberNew(made.Id);
        return made.Id;
    }

    private async Task<long> SayAsync(ToldBefore before, long number, ToldDeployment deployment, DeploymentFact fact, CancellationToken cancellation)
    {
        var status = Wording.Describe(deployment, fact);
        return await before.FindStatusAsync(number, status.State, cancellation)
            ?? (await access.Repository.Deployments.AddStatusAsync(number, status, cancellation)).Id;
    }
}
