using System.Text;

namespace Pipeline.Targets.CommandLine;

/// <summary>https://zsh.sourceforge.io/Doc/Release/Completion-System.html, <c>_arguments</c>.</summary>
internal static class ZshCompletion
{
    internal static string Write(CompletionFacts facts)
    {
        var text = new StringBuilder();
        text.Append("#compdef ").AppendJoin(' ', facts.Commands).Append('\n');
        text.Append("# ").Append(facts.Program).Append(" --completion zsh; load it with: source <(").Append(facts.Program).Append(" --completion zsh)\n");
        text.Append(facts.Function).Append("() {\n    _arguments");
        foreach (var option in facts.Options)
        {
            Specification(text, facts, option, $"--{option.Name}{(option.Value == OptionValue.None ? "" : "=")}");
            if (option.Short is { } letter)
                Specification(text, facts, option, $"-{letter}{(option.Value == OptionValue.None ? "" : "+")}");
        }

        return text.Append("\n}\ncompdef ").Append(facts.Function).Append(' ').AppendJoin(' ', facts.Commands).Append('\n').ToString();
    }

    private static void Specification(StringBuilder text, CompletionFacts facts, OptionDefinition option, string name)
    {
        text.Append(" \\\n        '").Append(option.IsRepeatable ? "*" : "").Append(name).Append('[').Append(Escaped(option.Description)).Append(']');
        if (option.Value != OptionValue.None)
        {
            text.Append(option.Value == OptionValue.Optional ? "::" : ":").Append(Escaped(option.ValueName)).Append(':');
            if (option.Completion == ValueCompletion.Folders)
                text.Append("_files -/");
            else if (facts.Words(option) is { Count: > 0 } words)
                text.Append('(').AppendJoin(' ', words.Select(Escaped)).Append(')');
        }

        text.Append('\'');
    }

    private static string Escaped(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("[", "\\[", StringComparison.Ordinal)
        .Replace("]", "\\]", StringComparison.Ordinal)
        .Replace(":", "\\:", StringComparison.Ordinal)
        .Replace("'", "'\\''", StringComparison.Ordinal);
}
