namespace Pipeline.GitHub.Workflows;

/// <summary>What a job reads of the repository's settings, by name and in alphabetical order: https://docs.github.com/actions/reference/workflows-and-actions/contexts.</summary>
public sealed record JobSettings
{
    private JobSettings(IReadOnlyList<string> secrets, IReadOnlyList<string> variables, IReadOnlyList<string> early, IReadOnlyList<string> conditions) =>
        (Secrets, Variables, EarlyVariables, Conditions) = (secrets, variables, early, conditions);

    /// <summary>The secrets.</summary>
    public IReadOnlyList<string> Secrets { get; }

    /// <summary>The variables, those of the other lists among them.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>The variables that are read before the job begins, when those of its environment are not known: they must be the repository's or the organization's.</summary>
    public IReadOnlyList<string> EarlyVariables { get; }

    /// <summary>The variables that decide whether the job runs at all.</summary>
    public IReadOnlyList<string> Conditions { get; }

    /// <summary>What a job reads, in all its steps.</summary>
    public static JobSettings Of(TargetJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        var condition = Read(job.If).ToArray();
        Reference[] early = [.. condition, .. job.RunsOn.Labels.SelectMany(Read), .. Read(job.Environment?.Name), .. Read(job.Concurrency?.Group)];
        Reference[] all =
        [
            .. early,
            .. Read(job.Environment?.Url),
            .. job.Commands.SelectMany(command => Read(command.If).Concat(command.Env.Values.SelectMany(Read))),
            .. job.Afterwards.SelectMany(step => Read(step.If).Concat(step.Env.Values.Concat(step.With.Values).SelectMany(Read))),
        ];
        return new(Names(all, ReferenceKind.Secret), Names(all, ReferenceKind.Variable), Names(early, ReferenceKind.Variable), Names(condition, ReferenceKind.Variable));
    }

    private static IEnumerable<Reference> Read(Expression? expression) => expression?.References ?? [];

    private static IEnumerable<Reference> Read(Template? template) => template?.References ?? [];

    private static string[] Names(IEnumerable<Reference> references, ReferenceKind kind) =>
        [.. references.Where(reference => reference.Kind == kind).Select(reference => reference.Owner).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
}
