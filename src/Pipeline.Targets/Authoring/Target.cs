using System.Text.Json;
using Pipeline.Targets.Running;

namespace Pipeline.Targets;

/// <summary>A unit of pipeline work that hands nothing on. A target that takes it in its constructor depends on it.</summary>
public abstract class Target : PipelineTarget
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("null").RootElement;

    internal sealed override Type ResultType => typeof(void);

    internal sealed override bool OverridesRecall => false;

    /// <summary>Does the work.</summary>
    /// <param name="context">Cake's context with all its aliases, the parameters, and what the target adds to the report of the run.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C, SIGTERM and the target's own <see cref="PipelineTarget.Timeout"/>.</param>
    protected abstract Task RunAsync(TargetContext context, CancellationToken cancellation);

    internal sealed override Task RunBodyAsync(TargetContext context, CancellationToken cancellation) => RunAsync(context, cancellation);

    internal sealed override IEnumerable<SummaryPart> SummaryOfResult() => [];

    internal sealed override JsonElement ResultAsJson(JsonSerializerOptions options) => Nothing;

    internal sealed override void TakeResult(JsonElement result, JsonSerializerOptions options)
    {
    }

    internal sealed override Task<RecallVerdict> RecallAsync(TargetContext context, EvidenceSighting? evidence, CancellationToken cancellation) =>
        Task.FromResult(RecallVerdict.ByEvidence(evidence));
}
