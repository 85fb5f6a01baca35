namespace Pipeline.GitHub.Workflows;

/// <summary>A job: steps on one runner. https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobs.</summary>
public sealed record Job
{
    /// <summary>Its id, by which others need it: a letter or _, then letters, digits, _ and -.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it; its id when null.</summary>
    public Template? Name { get; init; }

    /// <summary>Why it is as it is; stands as a comment above it.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The jobs that must have succeeded before.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Whether it runs at all; it does when null.</summary>
    public Expression? If { get; init; }

    /// <summary>Where it runs.</summary>
    public Runner RunsOn { get; init; } = Runner.Ubuntu2404;

    /// <summary>When it is stopped as hanging: 1 to 360 minutes.</summary>
    public required int TimeoutMinutes { get; init; }

    /// <summary>What its token may do, and nothing else.</summary>
    public IReadOnlyList<Permission> Permissions { get; init; } = [];

    /// <summary>The environment that it deploys to, whose protection holds and whose secrets it gets; none when null.</summary>
    public JobEnvironment? Environment { get; init; }

    /// <summary>Which jobs exclude each other; none when null.</summary>
    public Concurrency? Concurrency { get; init; }

    /// <summary>The job runs once for each combination of these values, each a dimension with its values; once when empty.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Matrix { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What jobs that need it can read.</summary>
    public IReadOnlyDictionary<string, Expression> Outputs { get; init; } = new Dictionary<string, Expression>();

    /// <summary>Variables of all its steps; no secrets, which belong to the one step that uses them.</summary>
    public IReadOnlyDictionary<string, Template> Env { get; init; } = new Dictionary<string, Template>();

    /// <summary>What it does, in order.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }
}
