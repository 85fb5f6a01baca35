using System.Text;

namespace Pipeline.Targets.Graphs;

/// <summary>The graph in the language of mermaid: https://mermaid.js.org/syntax/flowchart.html.</summary>
internal static class MermaidGraph
{
    internal static string Write(IReadOnlyList<GraphNode> nodes)
    {
        var ids = nodes.Select((node, index) => (node.Name, Id: $"t{index}")).ToDictionary(pair => pair.Name, pair => pair.Id, StringComparer.OrdinalIgnoreCase);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in nodes)
            text.Append("    ").Append(ids[node.Name]).Append("[\"").Append(node.Name.Replace("\"", "#quot;", StringComparison.Ordinal)).Append("\"]\n");
        foreach (var node in nodes)
        {
            foreach (var dependency in node.Dependencies.Where(ids.ContainsKey))
                text.Append("    ").Append(ids[dependency]).Append(" --> ").Append(ids[node.Name]).Append('\n');
        }

        return text.ToString();
    }
}
