using System.Text;

namespace Pipeline.Targets.CommandLine;

/// <summary>https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter.</summary>
internal static class PwshCompletion
{
    internal static string Write(CompletionFacts facts)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(facts.Program).Append(" --completion pwsh; load it with: ").Append(facts.Program).Append(" --completion pwsh | Out-String | Invoke-Expression\n");
        var script = Path.ChangeExtension(facts.Commands[0], ".ps1");
        text.Append("Register-ArgumentCompleter -Native -CommandName ").AppendJoin(", ", facts.Commands.Append(script).Distinct().Select(Quoted)).Append(" -ScriptBlock {\n");
        text.Append("    param($word, $ast, $cursor)\n    $values = @{\n");
        foreach (var option in facts.Options.Where(option => facts.Words(option).Count > 0))
        {
            foreach (var name in option.AllNames.Select(name => $"--{name}").Concat(option.Short is { } letter ? [$"-{letter}"] : Array.Empty<string>()))
                text.Append("        ").Append(Quoted(name)).Append(" = @(").AppendJoin(", ", facts.Words(option).Select(Quoted)).Append(")\n");
        }

        text.Append("    }\n    $options = @(\n");
        foreach (var option in facts.Options)
            text.Append("        ,@(").Append(Quoted($"--{option.Name}")).Append(", ").Append(Quoted(option.Description)).Append(")\n");
        return text.Append("""
                )
                $before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
                $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }
                if ($values.ContainsKey($previous) -and -not $word.StartsWith('-')) {
                    $values[$previous] | Where-Object { $_ -like "$word*" } |
                        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
                } else {
                    $options | Where-Object { $_[0] -like "$word*" } |
                        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterName', $_[1]) }
                }
            }

            """).ToString();
    }

    private static string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
