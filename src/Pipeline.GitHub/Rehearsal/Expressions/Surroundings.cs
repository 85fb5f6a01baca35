using Pipeline.GitHub.Rehearsal.Expressions.Values;

namespace Pipeline.GitHub.Rehearsal.Expressions;

/// <summary>What an expression is evaluated in.</summary>
internal sealed record Surroundings
{
    /// <summary>The contexts by name; one that is not there is null.</summary>
    internal required IReadOnlyDictionary<string, Value> Contexts { get; init; }

    /// <summary>How things went so far.</summary>
    internal RunStatus Status { get; init; } = RunStatus.Success;

    /// <summary>The hash of all files that patterns match; empty where none does.</summary>
    internal Func<IReadOnlyList<string>, string> HashFiles { get; init; } = _ => "";
}

internal enum RunStatus
{
    Success,
    Failure,
    Cancelled,

    /// <summary>Neither: a needed job was skipped.</summary>
    Skipped,
}
