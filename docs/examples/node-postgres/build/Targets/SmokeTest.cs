using Cake.Frosting;
using Pipeline.Applications;
using Pipeline.Applications.Delivering;
using Pipeline.Delivery.Releases;
using Pipeline.Targets;

namespace Notes.Build.Targets;

[TaskDescription("Rehearses the release on staging: lists, writes and reads notes")]
public sealed class SmokeTest(DeployStaging staging, ApplicationDelivery delivery) : Target<Rehearsal>
{
    protected override async Task<Recall<Rehearsal>> RecallAsync(TargetContext context, FoundEvidence<Rehearsal>? evidence, CancellationToken cancellation) =>
        await delivery.FindEvidenceAsync(EnvironmentNames.Staging, staging.Result.Release.Digest, "smoke", cancellation) is { Passed: true } rehearsal
            ? Recall<Rehearsal>.Hold(rehearsal, $"rehearsed on staging at {rehearsal.At:u} by {rehearsal.By}: {rehearsal.Detail}")
            : Recall<Rehearsal>.Run("not rehearsed on staging yet");

    protected override Task<Rehearsal> RunAsync(TargetContext context, CancellationToken cancellation) =>
        delivery.RehearseAsync(EnvironmentNames.Staging, staging.Result.Release, "smoke", cancellation);
}
