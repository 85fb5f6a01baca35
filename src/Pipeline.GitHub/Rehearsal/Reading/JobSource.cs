using Pipeline.GitHub.Rehearsal.Expressions;

namespace Pipeline.GitHub.Rehearsal.Reading;

/// <summary>A job as it is written.</summary>
internal sealed record JobSource
{
    internal required string Id { get; init; }

    internal required int Line { get; init; }

    internal Template? Name { get; init; }

    internal required IReadOnlyList<string> Needs { get; init; }

    internal required Template If { get; init; }

    internal required Template RunsOn { get; init; }

    internal required IReadOnlyList<Setting> Env { get; init; }

    internal required TokenPermissions? Permissions { get; init; }

    internal Template? Environment { get; init; }

    internal Template? EnvironmentUrl { get; init; }

    internal required IReadOnlyList<Setting> Outputs { get; init; }

    internal required RunDefaults Defaults { get; init; }

    internal Template? TimeoutMinutes { get; init; }

    internal Template? ContinueOnError { get; init; }

    internal required IReadOnlyList<StepSource> Steps { get; init; }
}

/// <summary>What a step's script takes where the step says nothing.</summary>
internal sealed record RunDefaults(Template? Shell, Template? WorkingDirectory)
{
    internal RunDefaults Over(RunDefaults others) => new(Shell ?? others.Shell, WorkingDirectory ?? others.WorkingDirectory);
}

/// <summary>A step as it is written: a script, or an action.</summary>
internal sealed record StepSource
{
    internal required int Line { get; init; }

    internal string? Id { get; init; }

    internal Template? Name { get; init; }

    internal required Template If { get; init; }

    internal Template? Run { get; init; }

    internal ActionUse? Uses { get; init; }

    internal required IReadOnlyList<Setting> With { get; init; }

    internal required IReadOnlyList<Setting> Env { get; init; }

    internal Template? Shell { get; init; }

    internal Template? WorkingDirectory { get; init; }

    internal Template? ContinueOnError { get; init; }

    internal Template? TimeoutMinutes { get; init; }
}

/// <summary>An action that a step uses.</summary>
/// <param name="Name"><c>owner/name</c>, in lower case as GitHub compares.</param>
/// <param name="Version">The commit, tag or branch.</param>
internal sealed record ActionUse(string Name, string Version);
