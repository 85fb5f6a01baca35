using Build.Delivering;
using Build.Environments;
using Pipeline.Applications.Telling;
using Pipeline.Artifacts;
using Pipeline.Delivery;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;
using Pipeline.GitHub.Rest;
using Pipeline.GitHub.Telling;

namespace Build.Budgets;

/// <summary>
/// Finds what an artifact is compared with: what production runs, or ran before, as the ledger says, or in a job without one what GitHub was told; fetched from the registry
/// where this clone lacks it. Where nobody says, what was built here before. Whoever cannot be asked is named: a comparison is worth no failed build.
/// </summary>
public sealed class LastReleases(ShopHouse house, GitHubHouse github)
{
    private const int HistoryDepth = 50;
    private const int MostTried = 3;

    internal async Task<LastRelease> FindAsync(Digest present, CancellationToken cancellation)
    {
        List<string> reasons = [];
        try
        {
            foreach (var digest in (await KnownAsync(reasons, cancellation)).Where(digest => digest != present).Distinct().Take(MostTried))
            {
                await house.Registry.EnsureHereAsync(house.Store, digest, cancellation);
                if (Others(present).FirstOrDefault(artifact => artifact.Digest == digest) is { } here)
                    return new(here, "");
                reasons.Add($"{Production.Name} runs or ran {digest}, which is not in this clone, and no --registry is named to fetch it from");
            }
        }
        catch (Exception fault) when (fault is DeliveryException or GitHubException)
        {
            reasons.Add(fault.Message);
        }
        return Others(present) is [.., var built] ? new(built, "") : new(null, string.Join("; ", reasons.DefaultIfEmpty("no other artifact was built in this clone, and nobody knows of a release in production")));
    }

    private ArtifactName[] Others(Digest present) => [.. house.Store.List().Where(artifact => artifact.Digest != present)];

    private async Task<IReadOnlyList<Digest>> KnownAsync(List<string> reasons, CancellationToken cancellation)
    {
        if (await house.Ledger.FindAsync(cancellation) is { } ledger)
        {
            var history = new ReleaseHistory(await ledger.ReadHistoryAsync(Production.Name, HistoryDepth, cancellation));
            return [.. new[] { history.Current, history.Previous }.OfType<DeploymentRecord>().Select(deployment => deployment.Release.Digest)];
        }
        if (!github.IsInJob)
            return [];
        var search = await github.FindAsync(cancellation);
        if (search.Access is not { } access)
        {
            reasons.Add(search.Reason);
            return [];
        }
        var told = await new ToldReleases(access.Repository.Deployments).ServedAsync(Production.Name, cancellation).Take(MostTried + 1).ToListAsync(cancellation);
        if (told.Count == 0)
            reasons.Add($"{access.Name} was told of no release that served {Production.Name}");
        return told;
    }
}
