namespace Pipeline.Targets.Scheduling;

/// <summary>One piece of work: the indexes of those it waits for, and how long it took before.</summary>
internal readonly record struct ScheduledNode(IReadOnlyList<int> Dependencies, double Weight);

/// <summary>How a piece of work ended, as far as the others care.</summary>
internal enum NodeOutcome
{
    Passed,
    Failed,
}
