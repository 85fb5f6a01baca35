using System.Globalization;

namespace Pipeline.Targets.CommandLine;

/// <summary>Makes sense of the options that were given.</summary>
internal static class RequestReader
{
    private static readonly string[] Modes =
        [KnownOptions.Help, KnownOptions.Completion, KnownOptions.List, KnownOptions.Graph, KnownOptions.Plan, KnownOptions.DryRun, KnownOptions.Tree, KnownOptions.Descriptions, KnownOptions.Version, KnownOptions.Info];

    private static readonly char[] Separators = [',', ';'];

    internal static RunRequest Read(ParsedLine line, string defaultTarget, List<string> faults)
    {
        var targets = line.Values(KnownOptions.Target).SelectMany(Split).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var forces = line.Options.Where(option => option.Definition.Name == KnownOptions.Force).ToArray();
        IReadOnlyList<string> requested = targets.Length > 0 ? targets : [defaultTarget];
        return new()
        {
            Mode = Mode(line, faults),
            Targets = requested,
            NamesTargets = targets.Length > 0,
            Exclusive = line.Has(KnownOptions.Exclusive),
            KeepGoing = line.Has(KnownOptions.KeepGoing),
            NoReport = line.Has(KnownOptions.NoReport),
            Summary = line.Last(KnownOptions.Summary),
            ForceAll = forces.Any(option => option.Value is null),
            Forced = [.. forces.Where(option => option.Value is not null).SelectMany(option => Split(option.Value!))],
            Parallel = Parallel(line.Last(KnownOptions.Parallel), faults),
            Shell = line.Last(KnownOptions.Completion) ?? "",
            CakeArguments = CakeArguments(line, requested),
        };
    }

    private static RunMode Mode(ParsedLine line, List<string> faults)
    {
        var given = Modes.Where(line.Has).ToArray();
        if (given.Contains(KnownOptions.Help))
            return RunMode.Help;
        CheckWords(line, faults);
        if (given.Length > 1)
            faults.Add($"{string.Join(" and ", given.Select(name => $"--{name}"))} each show something else; give one of them");
        return given.FirstOrDefault() switch
        {
            null => RunMode.Run,
            KnownOptions.Completion => RunMode.Completion,
            KnownOptions.List => RunMode.List,
            KnownOptions.Graph => RunMode.Graph,
            KnownOptions.Plan => line.Last(KnownOptions.Plan) == "json" ? RunMode.PlanJson : RunMode.Plan,
            KnownOptions.DryRun => RunMode.DryRun,
            _ => RunMode.Cake,
        };
    }

    private static void CheckWords(ParsedLine line, List<string> faults)
    {
        foreach (var (definition, value) in line.Options.Where(option => option.Definition is { Parameter: null, Completion: ValueCompletion.Words } && option.Value is not null))
        {
            if (!definition.Words.Contains(value!, StringComparer.OrdinalIgnoreCase))
                faults.Add($"--{definition.Name} '{value}' is none of {string.Join(", ", definition.Words)}{Suggestion.For(value!, definition.Words)}");
        }
    }

    private static int Parallel(string? text, List<string> faults)
    {
        if (text is null)
            return Environment.ProcessorCount;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1024)
            return number;
        faults.Add($"--{KnownOptions.Parallel} '{text}' is no number between 1 and 1024");
        return 1;
    }

    // The default target is named, so that Cake and the pipeline agree about it; a flag of Cake's takes no value.
    private static string[] CakeArguments(ParsedLine line, IReadOnlyList<string> targets) =>
    [
        .. targets.SelectMany(target => new[] { "--target", target }),
        .. line.Options
            .Where(option => option.Definition.GoesToCake && option.Definition.Name != KnownOptions.Target)
            .SelectMany(option => option switch
            {
                { Definition.Parameter: not null } => [$"--{option.Definition.Name}={option.Value ?? "true"}"],
                { Value: null } => [$"--{option.Definition.Name}"],
                _ => new[] { $"--{option.Definition.Name}", option.Value },
            }),
        .. line.Undeclared,
    ];

    private static string[] Split(string names) => names.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
