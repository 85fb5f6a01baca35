using Pipeline.Edge.Settings;

namespace Pipeline.Edge;

/// <summary>What every part of a worker needs.</summary>
internal sealed record EdgeServices(EdgeSettings Settings, TimeProvider Time, EdgeLog Log)
{
    private volatile bool retiring;

    /// <summary>Whether the worker is asked to stop: every answer then ends its connection.</summary>
    public bool IsRetiring => retiring;

    public void Retire() => retiring = true;
}
