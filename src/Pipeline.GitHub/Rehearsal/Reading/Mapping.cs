using Pipeline.GitHub.Rehearsal.Expressions;
using Pipeline.GitHub.Workflows.Rules;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>A mapping of YAML that knows which of its keys were read, so that none is passed over in silence.</summary>
internal sealed class Mapping
{
    private readonly Faults faults;
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly YamlMappingNode node;
    private readonly string what;

    /// <param name="node">The mapping; anything else counts as an empty one and is a fault.</param>
    /// <param name="what">What faults call it.</param>
    /// <param name="faults">Where they go.</param>
    internal Mapping(YamlNode node, string what, Faults faults)
    {
        (this.what, this.faults) = (what, faults);
        this.node = node as YamlMappingNode ?? [];
        Line = (int)node.Start.Line;
        if (node is not YamlMappingNode && node.Text() is not ("" or "~" or "null"))
            faults.Add(Line, $"{what} is no mapping; write names and values");
    }

    internal int Line { get; }

    internal YamlNode? Take(string key)
    {
        taken.Add(key);
        return node.Find(key) is { } value && value is not YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "" or "~" or "null" } ? value : null;
    }

    internal bool Has(string key) => node.Find(key) is not null;

    internal int LineOf(string key) => (int)(node.Children.Keys.FirstOrDefault(each => each.Text() == key) ?? node).Start.Line;

    internal string? Plain(string key) => Text(key, Place.Nowhere)?.Source;

    internal Template? Text(string key, Place place) => Take(key) is { } value ? TextOf(value, $"{key} of {what}", place) : null;

    internal Template Condition(string key, Place place)
    {
        try
        {
            return Template.ParseCondition(Take(key)?.Text() ?? "", place);
        }
        catch (ExpressionException fault)
        {
            faults.Add(LineOf(key), $"{key} of {what}: {fault.Message}");
            return Template.Parse("", Place.Nowhere);
        }
    }

    internal IReadOnlyList<Setting> Settings(string key, Place place) => Take(key) is not { } value ? []
        : value is YamlMappingNode ? [.. value.Entries().Select(entry => new Setting(entry.Key, TextOf(entry.Value, $"{entry.Key} of {what}", place), (int)entry.KeyNode.Start.Line))]
        : [.. Objected((int)value.Start.Line, $"{key} of {what} is no mapping; write names and values")];

    internal IReadOnlyList<string> Words(string key) => [.. Take(key).Items().Select(item => TextOf(item, $"{key} of {what}", Place.Nowhere).Source)];

    /// <summary>Refuses what a runner knows and a rehearsal does not.</summary>
    internal void Refuse(params ReadOnlySpan<(string Key, string Instead)> keys)
    {
        foreach (var (key, instead) in keys)
        {
            if (Has(key) && taken.Add(key))
                faults.Add(LineOf(key), $"{key} of {what} cannot be rehearsed; {instead}");
        }
    }

    /// <summary>Refuses every key that nobody asked for.</summary>
    internal void RefuseOthers()
    {
        foreach (var (key, keyNode, _) in node.Entries().Where(entry => !taken.Contains(entry.Key)))
            faults.Add((int)keyNode.Start.Line, $"{what} has a key '{key}', which means nothing to a workflow; remove or correct it");
    }

    private Template TextOf(YamlNode value, string name, Place place)
    {
        try
        {
            return Template.Parse(value.Text() ?? throw new ExpressionException("it is no plain value; write a text, a number or a boolean"), place);
        }
        catch (ExpressionException fault)
        {
            faults.Add((int)value.Start.Line, $"{name}: {fault.Message}");
            return Template.Parse("", Place.Nowhere);
        }
    }

    private IEnumerable<Setting> Objected(int line, string fault)
    {
        faults.Add(line, fault);
        return [];
    }
}
