using Cake.Frosting.CommandLine;
using Spectre.Console.Cli;

namespace Pipeline.Frosting.Tests;

/// <summary>The quick reader of command lines must never understand one otherwise than Spectre.Console.Cli, which Cake.Frosting uses.</summary>
public sealed class PlainCommandLines
{
    private static readonly string[] Words =
    [
        "--target", "-t", "--target=Test", "--working", "-w", "-w=x", "--verbosity", "-v", "quiet", "Diagnostic", "loud", "--verbosity=verbose",
        "--description", "--showdescriptions", "--tree", "--showtree", "--dryrun", "--noop", "--exclusive", "-e", "--version", "--ver", "--info",
        "--no-report", "--version=1.2", "--tree=true", "true", "Build", "a b", "", "-", "--", "---", "-1", "--1", "--name", "--name=value",
        "--name=", "--name:value", "--na.me=x", "--na_me", "--na-me", "x=y", "x:y", "\"quoted\"", "--Target", "-T", "-te", "-x", "-x=1", "--t",
        "--help", "-h", "--a", "--a=b=c", "--a=-b", "--reason=it's time", "C:\\folder", "/folder/file", "ünï", "--ünï", "--name=ünï", "http://x:1/y?z=1",
    ];

    [Fact]
    public void Whatever_is_read_is_read_as_Spectre_does()
    {
        var random = new Random(20261120);
        var plain = 0;
        for (var i = 0; i < 20_000; i++)
        {
            string[] arguments = [.. Enumerable.Range(0, random.Next(6)).Select(_ => Words[random.Next(Words.Length)])];
            if (PlainCommandLine.Read(arguments) is not { } read)
                continue;
            plain++;
            Assert.Equal((string.Join(" | ", arguments), AsSpectreReads(arguments)), (string.Join(" | ", arguments), Show(read.Options, read.Remaining)));
        }
        Assert.True(plain > 1_000, $"only {plain} of the command lines were plain ones");
    }

    [Theory]
    [InlineData]
    [InlineData("--target", "PromoteProduction", "--reason", "opening night", "--watch=15m", "--json")]
    [InlineData("--target=Test", "-t", "Lint", "--exclusive", "--no-report", "--verbosity", "quiet", "--working", "/some where")]
    [InlineData("--tree")]
    public void The_command_lines_that_people_write_are_plain_ones(params string[] arguments)
    {
        var read = PlainCommandLine.Read(arguments);
        Assert.NotNull(read);
        Assert.Equal(AsSpectreReads(arguments), Show(read.Value.Options, read.Value.Remaining));
    }

    private static string AsSpectreReads(string[] arguments)
    {
        var seen = "nothing: Spectre refuses it";
        SpectreCommand.Run(arguments, (options, remaining) =>
        {
            seen = Show(options, remaining);
            return 0;
        });
        return seen;
    }

    private static string Show(RunOptions options, IRemainingArguments remaining) => string.Join(
        "; ",
        [
            .. remaining.Parsed.OrderBy(argument => argument.Key, StringComparer.Ordinal)
                .Select(argument => $"{argument.Key}={string.Join(",", argument.Select(value => value ?? "(null)"))}"),
            $"raw {string.Join(",", remaining.Raw)}",
            $"targets {string.Join(",", options.Targets)}",
            (options with { Targets = [] }).ToString(),
        ]);
}
