using System.Text.Json;
using Cake.Core;
using Cake.Frosting;
using Pipeline.Targets.Running;

namespace Pipeline.Targets;

/// <summary>
/// What <see cref="Target"/> and <see cref="Target{TResult}"/> share. Criteria (<c>ShouldRun</c>), <c>OnError</c> and <c>Finally</c> are those
/// of <see cref="AsyncFrostingTask{T}"/>; name, description and further dependencies come from its attributes.
/// </summary>
public abstract class PipelineTarget : AsyncFrostingTask<ICakeContext>
{
    private protected PipelineTarget()
    {
    }

    /// <summary>How long one attempt may take before its token is cancelled and it counts as failed; without bound by default.</summary>
    protected virtual TimeSpan Timeout => System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>How often a failed attempt is repeated; never by default.</summary>
    protected virtual Retry Retry => Retry.Never;

    /// <summary>What the target does with evidence; by default it is reused where inputs are declared.</summary>
    protected virtual EvidenceUse EvidenceUse => EvidenceUse.Reuse;

    /// <summary>The name of the target.</summary>
    protected string Name => Graphs.TargetNames.Of(GetType());

    internal TargetContext? BoundContext { get; set; }

    internal TargetPolicy Policy => new(Timeout, Retry, EvidenceUse);

    internal abstract Type ResultType { get; }

    internal abstract bool OverridesRecall { get; }

    /// <summary>
    /// Declares all that the result depends on, so that unchanged inputs let the target be skipped. The results of the targets that it takes
    /// in its constructor belong to its inputs without being declared.
    /// </summary>
    protected virtual void DeclareInputs(Inputs inputs)
    {
    }

    internal Inputs DeclaredInputs()
    {
        var inputs = new Inputs();
        DeclareInputs(inputs);
        return inputs;
    }

    /// <summary>Runs the target. Called by the engine.</summary>
    /// <exception cref="InvalidOperationException">The program does not use the pipeline's engine.</exception>
    public sealed override Task RunAsync(ICakeContext context)
    {
        var bound = BoundContext ?? throw new InvalidOperationException(
            $"{Name} is a pipeline target but Cake's own engine runs it; call UsePipeline() on the CakeHost in Program.cs");
        return TargetAttempts.RunAsync(this, bound);
    }

    internal abstract Task RunBodyAsync(TargetContext context, CancellationToken cancellation);

    internal abstract IEnumerable<SummaryPart> SummaryOfResult();

    internal abstract JsonElement ResultAsJson(JsonSerializerOptions options);

    internal abstract void TakeResult(JsonElement result, JsonSerializerOptions options);

    internal abstract Task<RecallVerdict> RecallAsync(TargetContext context, EvidenceSighting? evidence, CancellationToken cancellation);
}
