namespace Pipeline.GitHub.Workflows;

/// <summary>A workflow whose jobs run targets; see <see cref="Workflow"/> for what is said there too.</summary>
public sealed record TargetWorkflow
{
    /// <summary>The name of the file: <c>pipeline.yml</c>.</summary>
    public required string File { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>What starts it.</summary>
    public required Triggers On { get; init; }

    /// <summary>Which runs exclude each other.</summary>
    public Concurrency? Concurrency { get; init; }

    /// <summary>The jobs. A target that several of them reach is run by the first and taken by the others.</summary>
    public required IReadOnlyList<TargetJob> Jobs { get; init; }
}
