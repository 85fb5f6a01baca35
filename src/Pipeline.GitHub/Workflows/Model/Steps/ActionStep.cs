namespace Pipeline.GitHub.Workflows;

/// <summary>A step that uses an action.</summary>
/// <param name="Action">Which, and at which commit.</param>
public sealed record ActionStep(ActionPin Action) : Step
{
    /// <summary>The action's inputs.</summary>
    public IReadOnlyDictionary<string, Template> With { get; init; } = new Dictionary<string, Template>();
}
