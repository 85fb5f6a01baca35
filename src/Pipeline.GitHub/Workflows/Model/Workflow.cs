namespace Pipeline.GitHub.Workflows;

/// <summary>
/// A workflow, as far as GitHub's syntax is used here: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax. It has no permissions at its
/// top; each job says what it needs. A name of a file without folder, such as <c>pipeline.yml</c>, says where it lies in <c>.github/workflows</c>.
/// </summary>
public sealed record Workflow
{
    /// <summary>The name of the file: small letters, digits and <c>-</c>, with <c>.yml</c> at its end.</summary>
    public required string File { get; init; }

    /// <summary>What people call it, on one line.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; stands as a comment at its top.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>What starts it.</summary>
    public required Triggers On { get; init; }

    /// <summary>Which runs exclude each other; none when null.</summary>
    public Concurrency? Concurrency { get; init; }

    /// <summary>The jobs, in the order in which they are written.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }
}
