using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using Pipeline.Targets.Running;

namespace Pipeline.Targets;

/// <summary>
/// A unit of pipeline work with a typed result. A target that takes another one in its constructor depends on it and reads its
/// <see cref="Result"/>: <c>public sealed class DeployStaging(BuildImage image) : Target&lt;Deployment&gt;</c>.
/// </summary>
/// <typeparam name="TResult">What the target hands on. It must survive being written as JSON and read again, since evidence keeps it.</typeparam>
public abstract class Target<TResult> : PipelineTarget
{
    private bool hasResult;
    private TResult? result;

    /// <summary>What the target returned in this run, or what its evidence says where it was skipped.</summary>
    /// <exception cref="InvalidOperationException">The target has not finished in this run.</exception>
    public TResult Result => hasResult
        ? result!
        : throw new InvalidOperationException(
            $"the result of {Name} was read before {Name} finished; take {GetType().Name} in the constructor of the target that reads it, and read it inside RunAsync");

    /// <summary>Whether <see cref="Result"/> can be read: the target finished in this run, or an earlier result holds.</summary>
    public bool HasResult => hasResult;

    internal sealed override Type ResultType => typeof(TResult);

    internal sealed override bool OverridesRecall =>
        GetType().GetMethod(nameof(RecallAsync), BindingFlags.Instance | BindingFlags.NonPublic,
            [typeof(TargetContext), typeof(FoundEvidence<TResult>), typeof(CancellationToken)])!.DeclaringType != typeof(Target<TResult>);

    /// <summary>Does the work and returns what it hands on.</summary>
    /// <param name="context">Cake's context with all its aliases, the parameters, and what the target adds to the report of the run.</param>
    /// <param name="cancellation">Cancelled by Ctrl-C, SIGTERM and the target's own <see cref="PipelineTarget.Timeout"/>.</param>
    protected abstract Task<TResult> RunAsync(TargetContext context, CancellationToken cancellation);

    /// <summary>
    /// Decides whether the target may be skipped, by observing the world rather than by evidence alone: a deployment asks what runs. It
    /// must change nothing, since <c>--plan</c> asks it too. By default evidence for the same inputs holds.
    /// </summary>
    /// <param name="context">The context the target would run with. The results of the targets it takes are known.</param>
    /// <param name="evidence">Evidence for the very same inputs, or null where there is none.</param>
    /// <param name="cancellation">Cancelled when the run is.</param>
    protected virtual Task<Recall<TResult>> RecallAsync(TargetContext context, FoundEvidence<TResult>? evidence, CancellationToken cancellation) =>
        Task.FromResult(evidence is null ? Recall<TResult>.Run("") : Recall<TResult>.Hold(evidence.Result, evidence.Describe()));

    /// <summary>What the result adds to the summary of the run, also where it is that of an earlier run which still holds; nothing by default.</summary>
    /// <param name="result">The result.</param>
    protected virtual IEnumerable<SummaryPart> Summarize(TResult result) => [];

    internal sealed override IEnumerable<SummaryPart> SummaryOfResult() => Summarize(Result);

    internal sealed override async Task RunBodyAsync(TargetContext context, CancellationToken cancellation)
    {
        result = await RunAsync(context, cancellation);
        hasResult = true;
    }

    internal sealed override JsonElement ResultAsJson(JsonSerializerOptions options) => JsonSerializer.SerializeToElement(Result, options);

    internal sealed override void TakeResult(JsonElement result, JsonSerializerOptions options) => Take(result.Deserialize<TResult>(options));

    [SuppressMessage("Design", "CA1031:Do not catch general exception types",
        Justification = "A result that an older program wrote may be unreadable in any way; the target then runs, and the reason is shown.")]
    internal sealed override async Task<RecallVerdict> RecallAsync(TargetContext context, EvidenceSighting? evidence, CancellationToken cancellation)
    {
        FoundEvidence<TResult>? found = null;
        var unreadable = "";
        if (evidence is not null)
        {
            try
            {
                found = new(evidence.Result.Deserialize<TResult>(evidence.Options)!, evidence.FinishedAt, evidence.Who, evidence.Where, evidence.Commit);
            }
            catch (Exception exception)
            {
                unreadable = $"the result in its evidence is no {typeof(TResult).Name} any more ({exception.Message})";
            }
        }

        var recall = await RecallAsync(context, found, cancellation);
        if (!recall.Holds)
            return RecallVerdict.Run(recall.Reason.Length > 0 ? recall.Reason : unreadable);
        return RecallVerdict.Hold(recall.Reason, () => Take(recall.Result));
    }

    private void Take(TResult? value)
    {
        result = value;
        hasResult = true;
    }
}
