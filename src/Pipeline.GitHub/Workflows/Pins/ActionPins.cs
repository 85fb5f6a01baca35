using Pipeline.GitHub.Workflows.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Pipeline.GitHub.Workflows;

/// <summary>
/// The commits at which the committed workflows use actions. They are the data themselves: Dependabot bumps commit and version where they stand, and what is generated
/// afterwards has its bump in it.
/// </summary>
public sealed class ActionPins
{
    private readonly Dictionary<string, (ActionPin Pin, WorkflowFinding Where)> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<WorkflowFinding> disagreements = [];

    private ActionPins()
    {
    }

    /// <summary>Where workflows use the same action at different commits.</summary>
    public IReadOnlyList<WorkflowFinding> Disagreements => disagreements;

    /// <summary>Reads the pins in workflows. What is no YAML, or is pinned to no commit, counts as absent here; <see cref="WorkflowRules"/> tells of it.</summary>
    /// <param name="workflows">Names and texts of the files, in an order that stays the same.</param>
    public static ActionPins Read(IEnumerable<(string File, string Text)> workflows)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        var pins = new ActionPins();
        foreach (var (file, text) in workflows)
        {
            foreach (var (pin, where) in Uses(file, text))
                pins.Add(pin, where);
        }
        return pins;
    }

    /// <summary>The commit at which an action is used.</summary>
    /// <param name="first">Its commit as long as no workflow uses it.</param>
    public ActionPin Of(ActionPin first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return known.TryGetValue(first.Action, out var found) ? found.Pin : first;
    }

    private void Add(ActionPin pin, WorkflowFinding where)
    {
        if (known.TryAdd(pin.Action, (pin, where)) || known[pin.Action].Pin == pin)
            return;
        var (other, there) = known[pin.Action];
        disagreements.Add(where with { Message = $"{pin.Action} is at {pin.Commit} ({pin.Version}) here and at {other.Commit} ({other.Version}) in {there.File}:{there.Line}; use one of them in both" });
    }

    private static IEnumerable<(ActionPin Pin, WorkflowFinding Where)> Uses(string file, string text)
    {
        YamlStream stream;
        try
        {
            stream = YamlText.Load(text);
        }
        catch (YamlException)
        {
            yield break;
        }
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        foreach (var uses in stream.Documents.SelectMany(document => document.RootNode.Find("jobs").Entries()).SelectMany(job => job.Value.Steps()).Select(step => step.Find("uses")).OfType<YamlScalarNode>())
        {
            var parts = uses.Value!.Split('@');
            var version = LineComment.Of(lines, uses).Split(' ')[0];
            if (parts is [var action, var commit] && new ActionPin(action, commit, version) is var pin && !pin.Faults().Any())
                yield return (pin, new(file, (int)uses.Start.Line, (int)uses.Start.Column, ""));
        }
    }
}
