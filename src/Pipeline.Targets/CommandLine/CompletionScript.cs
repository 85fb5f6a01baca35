namespace Pipeline.Targets.CommandLine;

/// <summary>Scripts with which a shell completes options, targets and values.</summary>
internal static class CompletionScript
{
    internal static string Write(string shell, string program, IReadOnlyList<OptionDefinition> options, IReadOnlyList<string> targets) =>
        throw new NotSupportedException($"{shell} {program} {options.Count} {targets.Count}");
}
