using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Targets.Scheduling;

/// <summary>
/// Runs work in parallel as its dependencies allow. What begins the longest way to the end of the run starts first, so that the critical
/// path is never kept waiting by work that could have been done beside it.
/// </summary>
internal sealed class Scheduler(IReadOnlyList<ScheduledNode> nodes, int parallel, bool keepGoing)
{
    private readonly Lock gate = new();
    private readonly int[] waitingFor = new int[nodes.Count];
    private readonly List<int>[] dependents = new List<int>[nodes.Count];
    private readonly bool[] blocked = new bool[nodes.Count];
    private readonly bool[] begun = new bool[nodes.Count];
    private readonly PriorityQueue<int, (double, int)> ready = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double[] longest = [];
    private int running;
    private bool failed;

    /// <summary>Runs everything that can run. Nodes must stand behind those they depend on.</summary>
    /// <param name="run">Does the work of a node; must not throw.</param>
    /// <param name="never">Told of each node that does not run, since one that it needs failed or the run was stopped.</param>
    /// <param name="stop">Once cancelled nothing new is started; what runs is awaited.</param>
    internal async Task RunAsync(Func<int, Task<NodeOutcome>> run, Action<int> never, CancellationToken stop)
    {
        longest = Connect();
        lock (gate)
        {
            for (var node = 0; node < nodes.Count; node++)
            {
                if (waitingFor[node] == 0)
                    ready.Enqueue(node, (-longest[node], node));
            }

            StartMore(run, stop);
        }

        await ended.Task;
        for (var node = 0; node < nodes.Count; node++)
        {
            if (!begun[node])
                never(node);
        }
    }

    // Whoever ends a node goes on with the next one itself: handing it to another thread would cost more than a small target does.
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The exception goes to whoever awaits the end.")]
    private async Task WorkAsync(int first, Func<int, Task<NodeOutcome>> run, CancellationToken stop)
    {
        try
        {
            int? next = first;
            while (next is { } node)
                next = End(node, await run(node), run, stop);
        }
        catch (Exception exception)
        {
            ended.TrySetException(exception);
        }
    }

    private int? End(int node, NodeOutcome outcome, Func<int, Task<NodeOutcome>> run, CancellationToken stop)
    {
        lock (gate)
        {
            running--;
            failed |= outcome == NodeOutcome.Failed;
            Release(node, outcome == NodeOutcome.Failed);
            var next = Take(stop);
            StartMore(run, stop);
            return next;
        }
    }

    private void StartMore(Func<int, Task<NodeOutcome>> run, CancellationToken stop)
    {
        while (Take(stop) is { } node)
            _ = Task.Run(() => WorkAsync(node, run, stop), CancellationToken.None);
        if (running == 0)
            ended.TrySetResult();
    }

    private int? Take(CancellationToken stop)
    {
        if (running == parallel || stop.IsCancellationRequested || (failed && !keepGoing) || !ready.TryDequeue(out var node, out _))
            return null;
        running++;
        begun[node] = true;
        return node;
    }

    private void Release(int node, bool hasFailed)
    {
        var over = new Stack<(int Node, bool Failed)>([(node, hasFailed)]);
        while (over.TryPop(out var end))
        {
            foreach (var dependent in dependents[end.Node] ?? [])
            {
                blocked[dependent] |= end.Failed;
                if (--waitingFor[dependent] > 0)
                    continue;
                if (blocked[dependent])
                    over.Push((dependent, true));
                else
                    ready.Enqueue(dependent, (-longest[dependent], dependent));
            }
        }
    }

    // Since nodes stand behind their dependencies, walking backwards sees every dependent before the node itself.
    private double[] Connect()
    {
        var ways = new double[nodes.Count];
        for (var node = nodes.Count - 1; node >= 0; node--)
        {
            ways[node] += nodes[node].Weight;
            waitingFor[node] = nodes[node].Dependencies.Count;
            foreach (var dependency in nodes[node].Dependencies)
            {
                (dependents[dependency] ??= []).Add(node);
                ways[dependency] = Math.Max(ways[dependency], ways[node]);
            }
        }

        return ways;
    }
}
