using System.Text;

namespace Pipeline.Targets.CommandLine;

/// <summary>https://fishshell.com/docs/current/cmds/complete.html.</summary>
internal static class FishCompletion
{
    internal static string Write(CompletionFacts facts)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(facts.Program).Append(" --completion fish; load it with: ").Append(facts.Program).Append(" --completion fish | source\n");
        var command = facts.Commands[0];
        text.Append("complete -c ").Append(command).Append(" -f\n");
        foreach (var option in facts.Options)
        {
            text.Append("complete -c ").Append(command).Append(" -l ").Append(option.Name);
            if (option.Short is { } letter)
                text.Append(" -s ").Append(letter);
            if (option.Value == OptionValue.Required)
                text.Append(" -r");
            if (option.Completion == ValueCompletion.Folders)
                text.Append(" -a '(__fish_complete_directories)'");
            else if (facts.Words(option) is { Count: > 0 } words)
                text.Append(" -a ").Append(Quoted(string.Join(' ', words)));
            text.Append(" -d ").Append(Quoted(option.Description)).Append('\n');
        }

        return text.ToString();
    }

    private static string Quoted(string text) =>
        "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";
}
