namespace Pipeline.Targets.CommandLine;

/// <summary>What the program was asked to do.</summary>
internal enum RunMode
{
    Run,
    DryRun,
    Plan,
    PlanJson,
    List,
    Graph,
    Help,
    Completion,

    /// <summary>Something that Cake.Frosting answers alone: tree, descriptions, version, information.</summary>
    Cake,
}

/// <summary>The command line as it was understood.</summary>
internal sealed record RunRequest
{
    internal RunMode Mode { get; init; } = RunMode.Run;

    internal IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Whether the command line names targets, rather than leaving it to the default.</summary>
    internal bool NamesTargets { get; init; }

    internal bool Exclusive { get; init; }

    internal bool KeepGoing { get; init; }

    /// <summary>Whether the summary at the end is left out.</summary>
    internal bool NoReport { get; init; }

    /// <summary>The file that the summary goes to besides; null for none.</summary>
    internal string? Summary { get; init; }

    internal bool ForceAll { get; init; }

    internal IReadOnlyList<string> Forced { get; init; } = [];

    internal int Parallel { get; init; } = Environment.ProcessorCount;

    internal string Shell { get; init; } = "";

    /// <summary>The words that Cake.Frosting's own command line gets to see.</summary>
    internal IReadOnlyList<string> CakeArguments { get; init; } = [];

    internal bool IsForced(string target) => ForceAll || Forced.Contains(target, StringComparer.OrdinalIgnoreCase);
}
