namespace Pipeline.Targets.Graphs;

/// <summary>A target and the names of those it depends on.</summary>
internal sealed record GraphNode(string Name, IReadOnlyList<string> Dependencies);

/// <summary>Targets by name, in any state: with missing dependencies, duplicates and cycles until <see cref="GraphFaults"/> finds none.</summary>
internal sealed class TargetGraph
{
    private readonly Dictionary<string, GraphNode> byName = new(StringComparer.OrdinalIgnoreCase);

    internal TargetGraph(IReadOnlyList<GraphNode> nodes)
    {
        Nodes = nodes;
        foreach (var node in nodes)
            byName.TryAdd(node.Name, node);
    }

    internal IReadOnlyList<GraphNode> Nodes { get; }

    internal IEnumerable<string> Names => byName.Keys;

    internal GraphNode? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>The requested targets and all that they depend on, dependencies first, in the order in which Cake walks them.</summary>
    internal IReadOnlyList<GraphNode> Order(IEnumerable<string> requested)
    {
        var order = new List<GraphNode>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var path = new Stack<(GraphNode Node, int Next)>();
        foreach (var target in requested)
        {
            if (Find(target) is { } root && seen.Add(root.Name))
                path.Push((root, 0));
            while (path.TryPop(out var at))
            {
                if (at.Next == at.Node.Dependencies.Count)
                {
                    order.Add(at.Node);
                    continue;
                }

                path.Push((at.Node, at.Next + 1));
                if (Find(at.Node.Dependencies[at.Next]) is { } dependency && seen.Add(dependency.Name))
                    path.Push((dependency, 0));
            }
        }

        return order;
    }
}
