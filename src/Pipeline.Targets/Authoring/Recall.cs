namespace Pipeline.Targets;

/// <summary>What a target decides about running: that an earlier result still holds, or that it has to run. Each with its reason.</summary>
/// <typeparam name="TResult">The result of the target.</typeparam>
public sealed record Recall<TResult>
{
    private Recall(bool holds, TResult? result, string reason)
    {
        Holds = holds;
        Result = result;
        Reason = reason;
    }

    /// <summary>Whether the target is skipped with <see cref="Result"/>.</summary>
    public bool Holds { get; }

    /// <summary>The result that holds.</summary>
    public TResult? Result { get; }

    /// <summary>The reason as a person reads it in the plan, such as <c>rehearsed on staging 12:03 by ci</c>.</summary>
    public string Reason { get; }

    /// <summary>The target is skipped: this result still holds.</summary>
    public static Recall<TResult> Hold(TResult result, string reason) => new(true, result, reason);

    /// <summary>The target runs.</summary>
    public static Recall<TResult> Run(string reason) => new(false, default, reason);
}
