using Build.Delivering;
using Build.Environments;
using Pipeline.Artifacts;
using Pipeline.Delivery.Deployments;
using Pipeline.Delivery.Releases;

namespace Build.Budgets;

/// <summary>What an artifact is compared with: what production runs when the ledger is there to say so, else what was built before.</summary>
internal static class LastRelease
{
    private const int HistoryDepth = 50;

    public static async Task<ArtifactName?> FindAsync(ShopHouse house, Digest present, CancellationToken cancellation)
    {
        var others = house.Store.List().Where(artifact => artifact.Digest != present).ToArray();
        if (others.Length == 0)
            return null;
        var serving = await house.Ledger.FindAsync(cancellation) is { } ledger
            ? new ReleaseHistory(await ledger.ReadHistoryAsync(Production.Name, HistoryDepth, cancellation))
            : null;
        Digest?[] known = [serving?.Current?.Release.Digest, serving?.Previous?.Release.Digest];
        return known.Select(digest => others.FirstOrDefault(artifact => artifact.Digest == digest)).FirstOrDefault(artifact => artifact is not null) ?? others[^1];
    }
}
