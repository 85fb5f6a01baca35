using System.Text.Json;

namespace Pipeline.Targets.Evidence;

/// <summary>The record that a target passed for given inputs. Only <see cref="Parts"/> decide whether it holds; the rest tells people about it.</summary>
internal sealed record EvidenceRecord(
    string Target,
    string Fingerprint,
    IReadOnlyDictionary<string, string> Parts,
    JsonElement Result,
    DateTimeOffset FinishedAt,
    TimeSpan Duration,
    string Who,
    string Where,
    string? Commit);
