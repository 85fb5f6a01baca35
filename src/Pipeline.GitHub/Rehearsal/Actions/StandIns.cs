using Pipeline.GitHub.Rehearsal.Reading;

namespace Pipeline.GitHub.Rehearsal.Actions;

/// <summary>All that take the place of actions. Any other action is refused.</summary>
internal static class StandIns
{
    private static readonly IReadOnlyList<StandIn> All = [new Checkout(), new SetupDotnet(), new UploadArtifact(), new DownloadArtifact(), new AttestBuildProvenance()];

    internal static StandIn Find(ActionUse use) => All.First(standIn => standIn.Action == use.Name);

    internal static IEnumerable<(int Line, string Fault)> Examine(StepSource step) =>
        All.FirstOrDefault(standIn => standIn.Action == step.Uses!.Name) is { } found
            ? found.Examine(step)
            : [(step.Line, $"action {step.Uses!.Name} has no stand-in and cannot be rehearsed; there are stand-ins for {string.Join(", ", All.Select(standIn => standIn.Action))}. Rehearse a job without it, or do in a script what it does")];
}
