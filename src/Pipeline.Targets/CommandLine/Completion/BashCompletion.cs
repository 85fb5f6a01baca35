using System.Text;

namespace Pipeline.Targets.CommandLine;

/// <summary>https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html.</summary>
internal static class BashCompletion
{
    internal static string Write(CompletionFacts facts)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(facts.Program).Append(" --completion bash; load it with: source <(").Append(facts.Program).Append(" --completion bash)\n");
        text.Append(facts.Function).Append("() {\n");
        text.Append("    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n");
        text.Append("    COMPREPLY=()\n");
        text.Append("    if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi\n");
        text.Append("    case $prev in\n");
        foreach (var option in facts.Options.Where(option => option.Value != OptionValue.None))
            Case(text, facts, option);
        text.Append("    esac\n");
        var names = facts.Options.Select(option => $"--{option.Name}").Concat(facts.Options.Where(option => option.Short is not null).Select(option => $"-{option.Short}"));
        text.Append("    COMPREPLY=($(compgen -W ").Append(Quoted(string.Join(' ', names))).Append(" -- \"$cur\"))\n}\n");
        return text.Append("complete -F ").Append(facts.Function).Append(' ').AppendJoin(' ', facts.Commands).Append('\n').ToString();
    }

    private static void Case(StringBuilder text, CompletionFacts facts, OptionDefinition option)
    {
        var patterns = option.AllNames.Select(name => $"--{name}").Concat(option.Short is { } letter ? [$"-{letter}"] : Array.Empty<string>());
        text.Append("        ").AppendJoin('|', patterns).Append(") ");
        // The value of an optional one may be left out: then the next word is another option.
        if (option.Value == OptionValue.Optional)
            text.Append("[[ $cur == -* ]] || { ");
        if (option.Completion == ValueCompletion.Folders)
            text.Append("COMPREPLY=($(compgen -d -- \"$cur\")); ");
        else if (facts.Words(option) is { Count: > 0 } words)
            text.Append("COMPREPLY=($(compgen -W ").Append(Quoted(string.Join(' ', words))).Append(" -- \"$cur\")); ");
        text.Append(option.Value == OptionValue.Optional ? "return; } ;;\n" : "return ;;\n");
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
