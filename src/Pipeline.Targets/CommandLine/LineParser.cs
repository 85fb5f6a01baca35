namespace Pipeline.Targets.CommandLine;

/// <summary>Takes a command line apart by the options that a program knows.</summary>
internal sealed class LineParser(IReadOnlyList<OptionDefinition> definitions, UndeclaredArguments undeclared)
{
    private readonly List<GivenOption> options = [];
    private readonly List<string> others = [];
    private readonly List<string> faults = [];

    internal ParsedLine Parse(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            var word = words[at];
            if (word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2)
                at += TakeLong(word[2..], Following(words, at));
            else if (word.Length >= 2 && word[0] == '-' && char.IsLetter(word[1]))
                at += TakeShort(word, Following(words, at));
            else
                faults.Add($"'{word}' is no option; to run a target of that name write --target {word}");
        }

        foreach (var group in options.Where(option => !option.Definition.IsRepeatable).GroupBy(option => option.Definition).Where(group => group.Count() > 1))
            faults.Add($"--{group.Key.Name} is given {group.Count()} times; give it once");
        return new(options, others, faults);
    }

    private static string? Following(IReadOnlyList<string> words, int at) =>
        at + 1 < words.Count && !(words[at + 1].Length > 1 && words[at + 1][0] == '-' && !char.IsDigit(words[at + 1][1])) ? words[at + 1] : null;

    private int TakeLong(string text, string? following)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? text : text[..equals];
        var attached = equals < 0 ? null : text[(equals + 1)..];
        var definition = definitions.FirstOrDefault(option => option.AllNames.Contains(name, StringComparer.OrdinalIgnoreCase));
        return definition is null ? TakeUnknown(name, attached, following) : Take(definition, $"--{name}", attached, following);
    }

    private int TakeShort(string word, string? following)
    {
        var definition = definitions.FirstOrDefault(option => option.Short == word[1]);
        if (definition is null)
        {
            faults.Add($"{word} is no option of this program; --help lists them");
            return 0;
        }

        var attached = word.Length == 2 ? null : word[2] == '=' ? word[3..] : word[2..];
        return Take(definition, $"-{word[1]}", attached, following);
    }

    private int Take(OptionDefinition definition, string written, string? attached, string? following)
    {
        if (definition.Value == OptionValue.None)
        {
            if (attached is not null && !bool.TryParse(attached, out _))
                faults.Add($"{written} takes no value, but is given '{attached}'; leave it out");
            else if (attached is null || bool.Parse(attached))
                options.Add(new(definition, null));
            return 0;
        }

        var takesFollowing = attached is null && following is not null && (definition.Value == OptionValue.Required || Fits(definition, following));
        var value = attached ?? (takesFollowing ? following : null);
        if (value is null && definition.Value == OptionValue.Required)
            faults.Add($"{written} needs a value: {written} <{definition.ValueName}>");
        else
            options.Add(new(definition, value));
        return takesFollowing ? 1 : 0;
    }

    // A switch takes only true and false from the next word, so that a stray word behind it is reported as what it is.
    private static bool Fits(OptionDefinition definition, string following) =>
        definition.Parameter is not { IsSwitch: true } || bool.TryParse(following, out _);

    private int TakeUnknown(string name, string? attached, string? following)
    {
        if (undeclared == UndeclaredArguments.Refused)
        {
            var near = Suggestion.Nearest(name, definitions.SelectMany(option => option.AllNames));
            faults.Add(near.Count == 0
                ? $"--{name} is no option or parameter of this program; --help lists them"
                : $"--{name} is no option or parameter of this program; did you mean {string.Join(" or ", near.Select(option => $"--{option}"))}?");
            return attached is null && following is not null ? 1 : 0;
        }

        others.Add($"--{name}={attached ?? following ?? "true"}");
        return attached is null && following is not null ? 1 : 0;
    }
}
