namespace Pipeline.GitHub.Rehearsal.Jobs.Processes;

/// <summary>
/// How scripts are run: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell.
/// </summary>
internal sealed record Shells(string Program, IReadOnlyList<string> Arguments, string Extension, Func<string, string> Finish)
{
    /// <summary>The shell that a step names, or the one for steps that name none.</summary>
    /// <param name="name">Its name, or a command line with <c>{0}</c> for the script; null for none.</param>
    /// <param name="path">The folders where programs are.</param>
    /// <exception cref="FormatException">It is no shell, or this machine lacks it.</exception>
    internal static Shells Find(string? name, string path) => name switch
    {
        null => Has("bash", path) ? Of("bash -e {0}", path) : Of("sh -e {0}", path),
        "bash" => Of("bash --noprofile --norc -eo pipefail {0}", path),
        "sh" => Of("sh -e {0}", path),
        "python" => Of("python {0}", path) with { Extension = ".py" },
        "pwsh" => Of("pwsh -command", path) with
        {
            Arguments = ["-command", ". '{0}'"],
            Extension = ".ps1",
            Finish = script => $"$ErrorActionPreference = 'stop'\n{script}\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) {{ exit $LASTEXITCODE }}\n",
        },
        "cmd" or "powershell" => throw new FormatException($"shell '{name}' is there on Windows only; use bash or pwsh"),
        _ when name.Contains("{0}", StringComparison.Ordinal) => Of(name, path),
        _ => throw new FormatException($"shell '{name}' is none; write bash, sh, pwsh, python, or a command line with {{0}} for the script"),
    };

    /// <summary>The command line for a script.</summary>
    internal IEnumerable<string> ArgumentsFor(string script) => Arguments.Select(argument => argument.Replace("{0}", script, StringComparison.Ordinal));

    private static Shells Of(string line, string path)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var program = FindProgram(words[0], path) ?? throw new FormatException($"shell '{words[0]}' is not on the PATH of this machine; install it, or name another shell");
        return new(program, words[1..], ".sh", script => script);
    }

    private static bool Has(string name, string path) => FindProgram(name, path) is not null;

    private static string? FindProgram(string name, string path) =>
        Path.IsPathRooted(name) ? name : path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
