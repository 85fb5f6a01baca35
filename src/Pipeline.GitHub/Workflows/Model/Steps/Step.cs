namespace Pipeline.GitHub.Workflows;

/// <summary>One step of a job: a command of the build, or an action.</summary>
public abstract record Step
{
    private protected Step()
    {
    }

    /// <summary>What people call it; what it does when null.</summary>
    public Template? Name { get; init; }

    /// <summary>Its id, by which later steps and the job read its outputs; none when null.</summary>
    public string? Id { get; init; }

    /// <summary>Whether it runs; when null, where all before it succeeded.</summary>
    public Expression? If { get; init; }

    /// <summary>Its variables: the one way by which values that others wrote reach it.</summary>
    public IReadOnlyDictionary<string, Template> Env { get; init; } = new Dictionary<string, Template>();
}
