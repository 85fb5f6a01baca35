namespace Pipeline.Targets.CommandLine;

/// <summary>Whether an option takes a value.</summary>
internal enum OptionValue
{
    None,
    Optional,
    Required,
}

/// <summary>Which words complete the value of an option in a shell.</summary>
internal enum ValueCompletion
{
    Anything,
    Words,
    Targets,
    Folders,
}

/// <summary>One option of the program: parsing, help and completion all come from it.</summary>
internal sealed record OptionDefinition(string Name, string Description)
{
    internal IReadOnlyList<string> Aliases { get; init; } = [];

    internal char? Short { get; init; }

    internal OptionValue Value { get; init; }

    internal string ValueName { get; init; } = "";

    internal IReadOnlyList<string> Words { get; init; } = [];

    internal ValueCompletion Completion { get; init; }

    internal bool IsRepeatable { get; init; }

    internal bool GoesToCake { get; init; }

    internal IParameter? Parameter { get; init; }

    internal IEnumerable<string> AllNames => Aliases.Prepend(Name);
}
