using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Pipeline.Targets.Scheduling;

/// <summary>
/// Runs work in parallel as its dependencies allow. What begins the longest way to the end of the run starts first, so that the critical
/// path is never kept waiting by work that could have been done beside it.
/// </summary>
internal sealed class Scheduler(IReadOnlyList<ScheduledNode> nodes, int parallel, bool keepGoing)
{
    private readonly int[] waitingFor = new int[nodes.Count];
    private readonly List<int>[] dependents = new List<int>[nodes.Count];
    private readonly bool[] blocked = new bool[nodes.Count];
    private readonly PriorityQueue<int, (double, int)> ready = new();

    /// <summary>Runs everything that can run. Nodes must stand behind those they depend on.</summary>
    /// <param name="run">Does the work of a node; must not throw.</param>
    /// <param name="never">Told of each node that does not run, since one that it needs failed or the run was stopped.</param>
    /// <param name="stop">Once cancelled nothing new is started; what runs is awaited.</param>
    internal async Task RunAsync(Func<int, Task<NodeOutcome>> run, Action<int> never, CancellationToken stop)
    {
        var longest = Connect();
        var finished = Channel.CreateUnbounded<(int Node, NodeOutcome Outcome)>(new() { SingleReader = true });
        var running = 0;
        var started = 0;
        var failed = false;
        var begun = new bool[nodes.Count];
        for (var node = 0; node < nodes.Count; node++)
        {
            if (waitingFor[node] == 0)
                ready.Enqueue(node, (-longest[node], node));
        }

        while (true)
        {
            while (running < parallel && !stop.IsCancellationRequested && (!failed || keepGoing) && ready.TryDequeue(out var node, out _))
            {
                running++;
                started++;
                begun[node] = true;
                Begin(node, run, finished.Writer);
            }

            if (running == 0)
                break;
            await finished.Reader.WaitToReadAsync(CancellationToken.None);
            while (finished.Reader.TryRead(out var end))
            {
                running--;
                failed |= end.Outcome == NodeOutcome.Failed;
                Release(end.Node, end.Outcome == NodeOutcome.Failed, longest);
            }
        }

        if (started == nodes.Count)
            return;
        for (var node = 0; node < nodes.Count; node++)
        {
            if (!begun[node])
                never(node);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The exception goes to the reader of the channel.")]
    private static void Begin(int node, Func<int, Task<NodeOutcome>> run, ChannelWriter<(int, NodeOutcome)> finished) => _ = Task.Run(async () =>
    {
        try
        {
            finished.TryWrite((node, await run(node)));
        }
        catch (Exception exception)
        {
            finished.TryComplete(exception);
        }
    });

    private void Release(int node, bool failed, double[] longest)
    {
        var ended = new Stack<(int Node, bool Failed)>([(node, failed)]);
        while (ended.TryPop(out var end))
        {
            foreach (var dependent in dependents[end.Node] ?? [])
            {
                blocked[dependent] |= end.Failed;
                if (--waitingFor[dependent] > 0)
                    continue;
                if (blocked[dependent])
                    ended.Push((dependent, true));
                else
                    ready.Enqueue(dependent, (-longest[dependent], dependent));
            }
        }
    }

    // Since nodes stand behind their dependencies, walking backwards sees every dependent before the node itself.
    private double[] Connect()
    {
        var longest = new double[nodes.Count];
        for (var node = nodes.Count - 1; node >= 0; node--)
        {
            longest[node] += nodes[node].Weight;
            waitingFor[node] = nodes[node].Dependencies.Count;
            foreach (var dependency in nodes[node].Dependencies)
            {
                (dependents[dependency] ??= []).Add(node);
                longest[dependency] = Math.Max(longest[dependency], longest[node]);
            }
        }

        return longest;
    }
}
