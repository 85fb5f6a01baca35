namespace Pipeline.GitHub.Workflows;

/// <summary>
/// A job that runs targets. What it needs is not declared: it follows from what its targets take from targets that other jobs run.
/// </summary>
public sealed record TargetJob
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Why it is as it is; stands as a comment above it.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The targets that it runs, one step each command.</summary>
    public required IReadOnlyList<TargetCommand> Commands { get; init; }

    /// <summary>What follows the commands, such as attesting what they made.</summary>
    public IReadOnlyList<ActionStep> Afterwards { get; init; } = [];

    /// <summary>Jobs that it comes after although its targets take nothing from theirs.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Folders below the state folder that later jobs get which take something from its targets, such as <c>evidence</c>. Its targets' results are elsewhere when empty: in a ledger, or in what runs.</summary>
    public IReadOnlyList<string> HandsOn { get; init; } = [];

    /// <summary>Whether it runs at all; it does when null.</summary>
    public Expression? If { get; init; }

    /// <summary>Where it runs.</summary>
    public Runner RunsOn { get; init; } = Runner.Ubuntu2404;

    /// <summary>When it is stopped as hanging.</summary>
    public required int TimeoutMinutes { get; init; }

    /// <summary>What its token may do besides reading the repository's contents.</summary>
    public IReadOnlyList<Permission> Permissions { get; init; } = [];

    /// <summary>The environment that it deploys to.</summary>
    public JobEnvironment? Environment { get; init; }

    /// <summary>Which jobs exclude each other.</summary>
    public Concurrency? Concurrency { get; init; }

    /// <summary>What a command of the same job wrote, to be read by what comes afterwards.</summary>
    /// <param name="target">The first target of the command.</param>
    /// <param name="name">The name of the output.</param>
    public static Expression OutputOf(string target, string name) => Expression.StepOutput(JobSteps.IdOf(target), name);

    /// <summary>What one of its commands wrote, to be read by another job.</summary>
    /// <exception cref="ArgumentException">No command writes it.</exception>
    public Expression Output(string name) => Commands.Any(command => command.Outputs.Contains(name))
        ? Expression.JobOutput(Id, name)
        : throw new ArgumentException($"no command of job {Id} writes the output '{name}'; add it to its Outputs", nameof(name));
}
