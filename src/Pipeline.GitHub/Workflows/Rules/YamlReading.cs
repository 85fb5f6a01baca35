using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows.Rules;

/// <summary>Looking into parsed YAML.</summary>
internal static class YamlReading
{
    public static YamlNode? Find(this YamlNode? node, string key) =>
        node is YamlMappingNode mapping ? mapping.Children.FirstOrDefault(child => child.Key is YamlScalarNode { Value: { } name } && name == key).Value : null;

    public static string? Text(this YamlNode? node) => (node as YamlScalarNode)?.Value;

    public static IEnumerable<(string Key, YamlNode KeyNode, YamlNode Value)> Entries(this YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.Children.Select(child => (child.Key.Text() ?? "", child.Key, child.Value)) : [];

    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node switch
    {
        YamlSequenceNode sequence => sequence.Children,
        null => [],
        _ => [node],
    };

    public static IEnumerable<YamlScalarNode> Scalars(this YamlNode? node) => node is null ? [] : node.AllNodes.OfType<YamlScalarNode>();

    public static IEnumerable<YamlNode> Steps(this YamlNode job) => job.Find("steps") is YamlSequenceNode steps ? steps.Children.Where(step => step is YamlMappingNode) : [];

    /// <summary>Whether an event starts the workflow, however its triggers are written: as a word, a list or a mapping.</summary>
    public static YamlNode? Trigger(this YamlNode workflow, string name) => workflow.Find("on") switch
    {
        YamlMappingNode mapping => mapping.Children.Keys.FirstOrDefault(key => key.Text() == name),
        { } other => other.Items().FirstOrDefault(item => item.Text() == name),
        null => null,
    };
}
