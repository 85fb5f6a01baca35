using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.Targets.Evidence;
using Pipeline.Targets.Fingerprints;
using Pipeline.Targets.Graphs;

namespace Pipeline.Targets.Running;

/// <summary>Decides by evidence whether targets run, and keeps the evidence of those that did.</summary>
internal sealed class EvidenceDesk
{
    private readonly RunState run;
    private readonly EvidenceStore store;
    private readonly InputReader inputs;
    private readonly ConcurrentDictionary<string, string> results = new(StringComparer.OrdinalIgnoreCase);

    internal EvidenceDesk(RunState run, Action<string> warn)
    {
        this.run = run;
        store = new(run.Folders.Evidence, warn);
        inputs = new(run.Folders.Working, run.Folders.State, run.Options.EveryTargetReads, run.Parameters, run.Masker.Mask);
        inputs.Begin();
        Provenance = new(run.Folders.Working, run.Variables);
        Warn = warn;
    }

    internal Action<string> Warn { get; }

    internal Provenance Provenance { get; }

    /// <summary>Whether the results of all targets that this one takes are known, so that its fingerprint can be.</summary>
    internal bool KnowsResultsFor(PipelineTarget target) => Taken(target).All(name => results.ContainsKey(name));

    /// <summary>Whether a target runs or is skipped; one that is forced always runs.</summary>
    internal async Task<Examination> ExamineAsync(PipelineTarget target, TargetContext context, CancellationToken cancellation)
    {
        var examination = await RecallAsync(target, context, cancellation);
        return run.Request.IsForced(context.Name) ? examination with { Verdict = RecallVerdict.Run("forced") } : examination;
    }

    /// <summary>What evidence and the world know of a target's result.</summary>
    internal async Task<Examination> RecallAsync(PipelineTarget target, TargetContext context, CancellationToken cancellation)
    {
        var declared = target.DeclaredInputs();
        if (target.Policy.EvidenceUse == EvidenceUse.None)
            return new(null, RecallVerdict.Run(""));
        var fingerprint = inputs.Read(declared, Taken(target).Where(results.ContainsKey).Select(name => new InputPart("result", name, results[name])));
        if (target.Policy.EvidenceUse == EvidenceUse.Record || (declared.IsEmpty && !target.OverridesRecall))
            return new(fingerprint, RecallVerdict.Run(""));
        var record = store.Find(context.Name, fingerprint);
        var sighting = record is null ? null : new EvidenceSighting(record.Result, run.Options.ResultJson, record.FinishedAt, record.Who, record.Where, record.Commit);
        var verdict = await target.RecallAsync(context, sighting, cancellation);
        if (verdict.Holds)
            return new(fingerprint, verdict);
        return new(fingerprint, verdict.Reason.Length > 0 ? verdict : RecallVerdict.Run(WhyNot(context.Name, fingerprint)));
    }

    /// <summary>A target is skipped: the result that holds becomes its result.</summary>
    internal void Accept(PipelineTarget target, string name, Examination examination)
    {
        examination.Verdict.TakeResult();
        results[name] = HashOf(target, examination.Fingerprint);
        Keep(name, examination.Fingerprint);
    }

    /// <summary>A target ran: its result is known to those that take it, and its evidence is kept if its inputs are still the same.</summary>
    internal void Record(PipelineTarget target, string name, Fingerprint? before, TimeSpan duration)
    {
        inputs.Forget();
        Keep(name, before);
        JsonElement result;
        try
        {
            result = target.ResultAsJson(run.Options.ResultJson);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            Warn($"{name}: its result of type {target.ResultType.Name} cannot be written as JSON ({exception.Message}), so it leaves no evidence; make the type serializable or set EvidenceUse to None");
            results[name] = Guid.NewGuid().ToString("N");
            return;
        }

        results[name] = HashOf(target, before);
        if (before is null)
            return;
        var declared = target.DeclaredInputs();
        var after = inputs.Read(declared, before.Parts.Where(part => part.Kind == "result"));
        if (after.Hash != before.Hash)
        {
            var changed = after.Changes(before.Parts.ToDictionary(part => part.Key, part => part.Value, StringComparer.Ordinal));
            Warn($"{name} leaves no evidence: its inputs changed while it ran ({string.Join(", ", changed.Take(3))})");
            return;
        }

        var record = new EvidenceRecord(
            name,
            before.Hash,
            before.Parts.ToDictionary(part => part.Key, part => part.Value, StringComparer.Ordinal),
            MaskedJson.Mask(result, run.Masker),
            run.Time.GetUtcNow(),
            duration,
            run.Masker.Mask(Provenance.Who),
            run.Masker.Mask(Provenance.Where),
            Provenance.Commit);
        Save(record);
    }

    private void Keep(string name, Fingerprint? fingerprint)
    {
        if (fingerprint is not null)
            run.Fingerprints[name] = fingerprint.Hash;
    }

    // The work is done, whether or not its evidence can be kept: a full disk must not turn a deployment into a failed one.
    private void Save(EvidenceRecord record)
    {
        try
        {
            store.Save(record);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn($"{record.Target} leaves no evidence: {exception.Message}");
        }
    }

    /// <summary>A task without evidence ran and may have changed files.</summary>
    internal void Forget() => inputs.Forget();

    /// <summary>Keeps what was hashed for the next run, which hashes again what could not be kept.</summary>
    internal void Save()
    {
        try
        {
            inputs.Save();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Warn($"the hashes of files cannot be kept: {exception.Message}");
        }
    }

    private IEnumerable<string> Taken(PipelineTarget target) => run.Catalog.Get(target.GetType())?.Takes.Select(TargetNames.Of) ?? [];

    private string WhyNot(string name, Fingerprint fingerprint)
    {
        if (store.Newest(name) is not { } newest)
            return "no evidence yet";
        var changes = fingerprint.Changes(newest.Parts);
        return changes.Count switch
        {
            0 => "no evidence for these inputs",
            <= 3 => string.Join(", ", changes),
            _ => $"{string.Join(", ", changes.Take(2))} and {changes.Count - 2} more changes",
        };
    }

    // A target without a result is its inputs to those that take it.
    private string HashOf(PipelineTarget target, Fingerprint? fingerprint)
    {
        if (target.ResultType == typeof(void))
            return fingerprint?.Hash ?? "done";
        var json = target.ResultAsJson(run.Options.ResultJson).GetRawText();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, 16));
    }
}
