using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>Looking into parsed YAML.</summary>
internal static class YamlReading
{
    public static YamlNode? Find(this YamlNode? node, string key) =>
        node is YamlMappingNode mapping ? mapping.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: { } name } && name == key).Value : null;

    /// <summary>What a step hands its action under a name, in whose letters case does not count.</summary>
    public static YamlNode? Input(this YamlNode step, string name) =>
        step.Find("with").Entries().FirstOrDefault(entry => entry.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    public static IEnumerable<(string Key, YamlNode KeyNode, YamlNode Value)> Entries(this YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.Children.Select(child => (child.Key.Text() ?? "", child.Key, child.Value)) : [];

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node switch
    {
        YamlSequenceNode sequence => sequence.Children,
        null => [],
        _ => [node],
    };

    /// <summary>All scalars in it. What several aliases stand for comes once.</summary>
    public static IEnumerable<YamlScalarNode> Scalars(this YamlNode? node)
    {
        HashSet<YamlNode> seen = new(ReferenceEqualityComparer.Instance);
        var left = new Stack<YamlNode>(node is null ? [] : [node]);
        while (left.TryPop(out var next))
        {
            if (!seen.Add(next))
                continue;
            if (next is YamlScalarNode scalar)
                yield return scalar;
            foreach (var inner in next switch
            {
                YamlMappingNode mapping => mapping.Children.SelectMany(child => (YamlNode[])[child.Key, child.Value]),
                YamlSequenceNode sequence => sequence.Children,
                _ => [],
            })
                left.Push(inner);
        }
    }

    public static IEnumerable<YamlNode> Steps(this YamlNode job) => job.Find("steps") is YamlSequenceNode steps ? steps.Children.Where(step => step is YamlMappingNode) : [];

    /// <summary>Whether an event starts the workflow, however its triggers are written: as a word, a list or a mapping.</summary>
    public static YamlNode? Trigger(this YamlNode workflow, string name) => workflow.Find("on") switch
    {
        YamlMappingNode mapping => mapping.Children.Keys.FirstOrDefault(key => key.Text() == name),
        { } other => other.Items().FirstOrDefault(item => item.Text() == name),
        null => null,
    };
}
