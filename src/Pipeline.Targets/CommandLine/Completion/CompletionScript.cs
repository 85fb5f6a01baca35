namespace Pipeline.Targets.CommandLine;

/// <summary>What a shell completes: every option with its words, from the same definitions that the parser and the help use.</summary>
internal sealed record CompletionFacts(string Program, IReadOnlyList<OptionDefinition> Options, IReadOnlyList<string> Targets)
{
    /// <summary>The names under which the program is typed: with and without its folder.</summary>
    internal IReadOnlyList<string> Commands { get; } = [.. new[] { Path.GetFileName(Program), Program }.Distinct()];

    /// <summary>A name for the function of the script.</summary>
    internal string Function { get; } = "_complete_" + string.Concat(Path.GetFileName(Program).Select(character => char.IsLetterOrDigit(character) ? character : '_'));

    /// <summary>The words that can stand as the value of an option.</summary>
    internal IReadOnlyList<string> Words(OptionDefinition option) => option.Completion switch
    {
        ValueCompletion.Targets => Targets,
        ValueCompletion.Words => option.Words,
        _ => [],
    };
}

/// <summary>Scripts with which a shell completes options, targets and values.</summary>
internal static class CompletionScript
{
    internal static string Write(string shell, CompletionFacts facts) => shell switch
    {
        "bash" => BashCompletion.Write(facts),
        "zsh" => ZshCompletion.Write(facts),
        "fish" => FishCompletion.Write(facts),
        _ => PwshCompletion.Write(facts),
    };
}
