using Cake.Core.Diagnostics;

namespace Cake.Frosting.CommandLine;

/// <summary>
/// Reads the command lines that people and workflows write (<c>--target Test --no-report --name value --other=value</c>) without
/// starting Spectre.Console.Cli, which would be a quarter of a warm start. Of whatever else it meets it says that it cannot read it.
/// </summary>
internal sealed class PlainCommandLine
{
    private readonly List<string> targets = [];
    private readonly List<KeyValuePair<string, string?>> remaining = [];
    private RunOptions options = new();

    private PlainCommandLine()
    {
    }

    /// <summary>What was read, or nothing when the command line is not a plain one.</summary>
    public static (RunOptions Options, RemainingArguments Remaining)? Read(IReadOnlyList<string> arguments)
    {
        var line = new PlainCommandLine();
        for (var i = 0; i < arguments.Count;)
        {
            var read = line.Take(arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : null);
            if (read == 0)
                return null;
            i += read;
        }
        var options = line.targets.Count > 0 ? line.options with { Targets = line.targets } : line.options;
        return (options, new RemainingArguments(line.remaining));
    }

    /// <summary>Takes an argument, and the next one if that is its value.</summary>
    /// <returns>How many were taken; none when they are not plain.</returns>
    private int Take(string argument, string? next)
    {
        var (name, value) = Split(argument);
        if (!IsName(name))
            return 0;
        var joined = value is not null;
        value ??= next is not null && !next.StartsWith('-') ? next : null;
        if (value is not null && !IsValue(value))
            return 0;
        return TakeOption(name, value) ? (value is null || joined ? 1 : 2) : 0;
    }

    private bool TakeOption(string name, string? value)
    {
        switch (name)
        {
            case "--target" or "-t" when value is not null:
                targets.Add(value);
                return true;
            case "--working" or "-w" when value is not null:
                options = options with { WorkingDirectory = value };
                return true;
            case "--verbosity" or "-v" when value is not null && VerbosityOf(value) is { } verbosity:
                options = options with { Verbosity = verbosity };
                return true;
            case "--target" or "-t" or "--working" or "-w" or "--verbosity" or "-v" or "--help" or "-h":
                return false;
            default:
                return TakeFlag(name, value) || TakeArgument(name, value);
        }
    }

    private bool TakeFlag(string name, string? value)
    {
        if (value is not null || WithFlag(options, name) is not { } changed)
            return false;
        options = changed;
        return true;
    }

    // A flag of the host with a value, --version=1.2.3, has rules of its own in Spectre.Console.Cli.
    private bool TakeArgument(string name, string? value)
    {
        if (!name.StartsWith("--", StringComparison.Ordinal) || WithFlag(options, name) is not null)
            return false;
        remaining.Add(new(name, value));
        return true;
    }

    private static RunOptions? WithFlag(RunOptions options, string name) => name switch
    {
        "--description" or "--descriptions" or "--showdescription" or "--showdescriptions" => options with { Description = true },
        "--tree" or "--showtree" => options with { Tree = true },
        "--dryrun" or "--noop" or "--whatif" => options with { DryRun = true },
        "--exclusive" or "-e" => options with { Exclusive = true },
        "--version" or "--ver" => options with { Version = true },
        "--info" => options with { Info = true },
        "--no-report" => options with { NoReport = true },
        _ => null,
    };

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static bool IsName(string name) => name is ['-', not '-'] or ['-', '-', >= 'a' and <= 'z' or >= 'A' and <= 'Z', _, ..]
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static bool IsValue(string value) => value.Length > 0 && value[0] != '-' && !value.Contains('"', StringComparison.Ordinal);

    private static Verbosity? VerbosityOf(string text) => text switch
    {
        "quiet" or "Quiet" => Verbosity.Quiet,
        "minimal" or "Minimal" => Verbosity.Minimal,
        "normal" or "Normal" => Verbosity.Normal,
        "verbose" or "Verbose" => Verbosity.Verbose,
        "diagnostic" or "Diagnostic" => Verbosity.Diagnostic,
        _ => null,
    };
}
