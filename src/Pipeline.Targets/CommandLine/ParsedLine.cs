namespace Pipeline.Targets.CommandLine;

/// <summary>One option as it stands on the command line.</summary>
internal sealed record GivenOption(OptionDefinition Definition, string? Value);

/// <summary>The command line taken apart, with every fault that was found on the way.</summary>
internal sealed record ParsedLine(IReadOnlyList<GivenOption> Options, IReadOnlyList<string> Undeclared, IReadOnlyList<string> Faults)
{
    internal bool Has(string name) => Options.Any(option => option.Definition.Name == name);

    internal string? Last(string name) => Options.LastOrDefault(option => option.Definition.Name == name)?.Value;

    internal IEnumerable<string> Values(string name) =>
        Options.Where(option => option.Definition.Name == name && option.Value is not null).Select(option => option.Value!);
}
