using Build.Environments;
using Cake.Frosting;
using Pipeline.Delivery.Gates;
using Pipeline.Delivery.Releases;
using Pipeline.Targets;

namespace Build.Targets;

[TaskDescription("Rehearses the release on staging: pages, login, products, checkout")]
public sealed class SmokeTest(DeployStaging staging, ApplicationDelivery delivery) : Target<Rehearsal>
{
    protected override async Task<Recall<Rehearsal>> RecallAsync(TargetContext context, FoundEvidence<Rehearsal>? evidence, CancellationToken cancellation)
    {
        var release = staging.Result.Release;
        if (await delivery.FindEvidenceAsync(Staging.Name, release.Digest, "smoke", cancellation) is { Passed: true } rehearsal)
            return Recall<Rehearsal>.Hold(rehearsal, $"rehearsed on staging at {rehearsal.At:u} by {rehearsal.By}: {rehearsal.Detail}");
        return RehearsedRelease.IsNamed(context)
            ? throw new GateRefusedException($"production: refused {release.Digest}: the ledger holds no passing rehearsal of it on staging; run --target SmokeTest --release {release.Digest} first")
            : Recall<Rehearsal>.Run("not rehearsed on staging yet");
    }

    protected override Task<Rehearsal> RunAsync(TargetContext context, CancellationToken cancellation) =>
        delivery.RehearseAsync(Staging.Name, staging.Result.Release, "smoke", cancellation);
}
