using Pipeline.Targets;

namespace Build.Targets;

/// <summary>What a check of the sources hands on: that it passed, in a line that the ledger keeps with the release.</summary>
public sealed record Evidence(string Summary)
{
    /// <summary>
    /// The present sources say nothing about a release that <c>--release</c> names: what was checked when it was built is in the ledger, where the gates look
    /// for it. So a check of the sources runs then only when it is asked for by name.
    /// </summary>
    internal static Recall<Evidence> Decide<TTarget>(TargetContext context, FoundEvidence<Evidence>? evidence)
        where TTarget : PipelineTarget =>
        context.Get(DeliveryParameters.Release) is not null && !context.IsRequested<TTarget>()
            ? Recall<Evidence>.Hold(new("checked when it was built"), "--release names what was built and tested before")
            : evidence is null ? Recall<Evidence>.Run("") : Recall<Evidence>.Hold(evidence.Result, evidence.Describe());
}
