namespace Pipeline.GitHub.Workflows;

/// <summary>A person starts the workflow, with inputs: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#onworkflow_dispatchinputs.</summary>
/// <param name="Inputs">What is asked; at most 25.</param>
public sealed record ManualTrigger(params IReadOnlyList<ManualInput> Inputs);

/// <summary>Something that a person enters.</summary>
/// <param name="Name">Its name in expressions.</param>
/// <param name="Description">What it means, on one line.</param>
public sealed record ManualInput(string Name, string Description)
{
    /// <summary>Whether the workflow starts only with a value.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The values to choose from; any text when empty.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What it is when nothing is entered; one of the choices where there are any. None when null.</summary>
    public string? Default { get; init; }
}
