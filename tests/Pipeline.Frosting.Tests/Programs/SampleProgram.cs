using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Pipeline.Frosting.Tests.Programs;

/// <summary>Starts the sample program as a user would, with the features that a test wants of it.</summary>
internal static partial class SampleProgram
{
    public static Task<Outcome> RunAsync(params string[] arguments) => WithAsync("", arguments);

    public static Task<Outcome> WithAsync(string features, params string[] arguments) => InAsync(Path.GetTempPath(), features, arguments);

    public static async Task<Outcome> InAsync(string folder, string features, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pipeline.Frosting.Sample.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["SAMPLE"] = features },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, Plain(await output), Plain(await errors));
    }

    private static string Plain(string text) => Colours().Replace(text, "");

    [GeneratedRegex(@"\u001b\[[0-9;]*m")]
    private static partial Regex Colours();
}

/// <summary>What a program printed, and its exit code.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines that tasks and lifetimes said, without Cake's headings, rules and reports.</summary>
    public IReadOnlyList<string> Said => [.. Lines.Where(line => line.Length > 0 && !IsCakes(line))];

    /// <summary>The rows of the report: task and status.</summary>
    public IReadOnlyList<string> Report =>
        [.. Lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 2 && words[0] != "Total:" && (words[1] == "-" || words[1].StartsWith("00:", StringComparison.Ordinal)))
            .Select(words => $"{words[0]} {string.Join(" ", words[2..])}")];

    private IEnumerable<string> Lines => Output.Split('\n').Select(line => line.TrimEnd());

    private static bool IsCakes(string line) => line[0] is ' ' or '═' or '━' or '─';
}
