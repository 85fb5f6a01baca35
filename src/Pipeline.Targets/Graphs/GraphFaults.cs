using Pipeline.Targets.CommandLine;

namespace Pipeline.Targets.Graphs;

/// <summary>Everything that is wrong with a graph, found before anything runs.</summary>
internal static class GraphFaults
{
    internal static IEnumerable<string> Find(TargetGraph graph) => [.. Duplicates(graph), .. Missing(graph), .. Cycles(graph)];

    internal static IEnumerable<string> Unknown(TargetGraph graph, IEnumerable<string> requested, string option) =>
        from name in requested
        where graph.Find(name) is null
        select $"--{option} {name}: there is no such target"
            + (Suggestion.For(name, graph.Names) is { Length: > 0 } near ? near : $"; the targets are {string.Join(", ", graph.Names.Order(StringComparer.OrdinalIgnoreCase))}");

    private static IEnumerable<string> Duplicates(TargetGraph graph) =>
        from same in graph.Nodes.GroupBy(node => node.Name, StringComparer.OrdinalIgnoreCase)
        where same.Count() > 1
        select $"{same.Key}: {same.Count()} targets have this name; name one of them differently with [TaskName]";

    private static IEnumerable<string> Missing(TargetGraph graph) =>
        from need in graph.Nodes.SelectMany(node => node.Dependencies.Select(dependency => (node.Name, Dependency: dependency)))
        where graph.Find(need.Dependency) is null
        group need.Name by need.Dependency into needed
        orderby needed.Key
        select $"{needed.Key} is missing, but {string.Join(" and ", needed)} {(needed.Count() == 1 ? "depends" : "depend")} on it; "
            + $"make its class public and add its assembly with options.AddTargets{Suggestion.For(needed.Key, graph.Names)}";

    // One cycle for each knot of targets that depend on each other: each edge back into the path being walked closes one.
    private static IEnumerable<string> Cycles(TargetGraph graph)
    {
        var done = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var onPath = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var path = new List<(GraphNode Node, int Next)>();
        foreach (var root in graph.Nodes)
        {
            if (done.Contains(root.Name))
                continue;
            path.Add((root, 0));
            onPath.Add(root.Name);
            while (path.Count > 0)
            {
                var (node, next) = path[^1];
                if (next == node.Dependencies.Count)
                {
                    path.RemoveAt(path.Count - 1);
                    onPath.Remove(node.Name);
                    done.Add(node.Name);
                    continue;
                }

                path[^1] = (node, next + 1);
                if (graph.Find(node.Dependencies[next]) is not { } dependency || done.Contains(dependency.Name))
                    continue;
                if (onPath.Add(dependency.Name))
                    path.Add((dependency, 0));
                else
                    yield return $"{Describe(path, dependency)}: these targets depend on each other; remove one of the dependencies";
            }
        }
    }

    private static string Describe(List<(GraphNode Node, int Next)> path, GraphNode start)
    {
        var from = path.FindIndex(step => step.Node == start);
        return string.Join(" -> ", path.Skip(from).Select(step => step.Node.Name).Append(start.Name));
    }
}
