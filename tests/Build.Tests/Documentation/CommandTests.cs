using System.Diagnostics;

namespace Build.Tests.Documentation;

/// <summary>Every <c>./build.sh</c> command that README and docs show is run as it stands, with <c>--plan</c>: the program knows its targets, parameters and values.</summary>
public sealed class CommandTests
{
    private static readonly string[] OnlyTell = ["--list", "--help", "--tree", "--plan", "--graph", "--completion", "--version", "--info", "--description"];

    public static TheoryData<string, string> Commands { get; } = new(Find().Distinct());

    [Fact]
    public void There_are_commands_in_the_readme_and_in_the_docs()
    {
        Assert.Contains(Commands, row => row.Data.Item1 == "README.md");
        Assert.Contains(Commands, row => row.Data.Item1.StartsWith("docs", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_documented_command_is_understood(string page, string command)
    {
        var line = OnlyTell.Any(option => command.Contains(option, StringComparison.Ordinal)) ? command : $"{command} --plan";
        var start = new ProcessStartInfo("bash", ["-c", line]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var run = Process.Start(start)!;
        var error = run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(run.ExitCode == 0, $"{page}: '{line}' ended with exit code {run.ExitCode}:\n{output}\n{await error}");
    }

    private static IEnumerable<(string Page, string Command)> Find()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.File("docs"), "*.md").Prepend(Repository.File("README.md")))
        {
            var isShell = false;
            foreach (var line in File.ReadLines(file))
            {
                if (line.StartsWith("```", StringComparison.Ordinal))
                    isShell = line is "```sh" or "```bash";
                else if (isShell && line.StartsWith("./build.sh", StringComparison.Ordinal))
                    yield return (Path.GetRelativePath(Repository.Root, file), line.Split(" #")[0].Trim());
            }
        }
    }
}
