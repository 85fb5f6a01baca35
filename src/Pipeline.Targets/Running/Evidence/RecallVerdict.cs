using System.Text.Json;

namespace Pipeline.Targets.Running;

/// <summary>Evidence as a target sees it before its result is read as its type.</summary>
internal sealed record EvidenceSighting(
    JsonElement Result, JsonSerializerOptions Options, DateTimeOffset FinishedAt, string Who, string Where, string? Commit);

/// <summary>Whether a target is skipped; if so, <see cref="TakeResult"/> gives it the result that holds.</summary>
internal sealed record RecallVerdict(bool Holds, string Reason, Action TakeResult)
{
    internal static RecallVerdict Run(string reason) => new(false, reason, () => { });

    internal static RecallVerdict Hold(string reason, Action takeResult) => new(true, reason, takeResult);

    internal static RecallVerdict ByEvidence(EvidenceSighting? evidence) => evidence is null
        ? Run("")
        : Hold(EvidenceWords.Describe(evidence.FinishedAt, evidence.Who, evidence.Where), () => { });
}
