using Pipeline.Supervision.Identity;

namespace Pipeline.Supervision.Records;

/// <summary>What a supervisor knows, written whole at every change: <c>state.json</c>.</summary>
internal sealed record StateRecord
{
    /// <summary>The supervisor that wrote it.</summary>
    public required ProcessIdentity Supervisor { get; init; }

    /// <summary>What the process was started with. This file and not <c>spec.json</c> decides, since one write here changes both together.</summary>
    public required ProcessSpecification Specification { get; init; }

    /// <summary>The process; null in the pause before the next start, or when there will be none.</summary>
    public ProcessIdentity? Child { get; init; }

    /// <summary>The name of a start that is about to happen: written before it, gone when the process's number stands here.</summary>
    public string? Starting { get; init; }

    /// <summary>The process that is to take its place and is not ready yet.</summary>
    public ProcessIdentity? Successor { get; init; }

    /// <summary>The replaced process while it finishes what it has in flight.</summary>
    public ProcessIdentity? Retiring { get; init; }

    /// <summary>When the present or last process started.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>How the last process ended.</summary>
    public string? LastExit { get; init; }

    /// <summary>Why there is no process and will be none.</summary>
    public string? Fault { get; init; }

    /// <summary>The last answered request to replace.</summary>
    public ReplaceOutcome? Replaced { get; init; }
}

/// <summary>The answer to a request to replace.</summary>
/// <param name="Id">The request's.</param>
/// <param name="Fault">Why the old process was kept; null when the new one took over.</param>
internal sealed record ReplaceOutcome(string Id, string? Fault);

/// <summary>The wish to replace, for the running supervisor: <c>next.json</c>.</summary>
/// <param name="Id">Names this wish.</param>
/// <param name="Specification">What is to run.</param>
/// <param name="ReadyTimeout">How long it may take to become ready.</param>
internal sealed record ReplaceRequest(string Id, ProcessSpecification Specification, TimeSpan ReadyTimeout);
