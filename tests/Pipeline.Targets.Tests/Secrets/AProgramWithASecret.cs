using Pipeline.Targets.Tests.Running;

namespace Pipeline.Targets.Tests.Secrets;

/// <summary>The sample program as a process, with a random secret given as its users give it: nothing that it writes or leaves behind has it.</summary>
public sealed class AProgramWithASecret
{
    [Theory]
    [InlineData(11, "")]
    [InlineData(12, "")]
    [InlineData(13, "true")]
    [InlineData(14, "true")]
    public async Task Neither_its_streams_nor_its_files_have_it(int seed, string isGitHub)
    {
        var secret = KnownForms.Secret(new Random(seed));
        using var program = new SampleProgram();
        program.StartWith(
            new() { ["PIPELINE_TOKEN"] = secret, ["GITHUB_ACTIONS"] = isGitHub, ["GITHUB_ACTOR"] = $"mia {secret}", ["GITHUB_RUN_ID"] = "1", ["GITHUB_REPOSITORY"] = secret },
            "--target", "Leaky", "--target", "DeployStaging", "--verbosity", "diagnostic");
        Assert.Equal(1, await program.EndAsync());
        var output = program.Out.Split('\n');
        var masks = output.Where(line => line.StartsWith("::add-mask::", StringComparison.Ordinal)).ToArray();

        Assert.Equal(isGitHub == "true", masks.Length > 0);
        Assert.Contains("***", program.Out, StringComparison.Ordinal);
        Holds("standard output", string.Join('\n', output.Except(masks)));
        Holds("standard error", program.Error);
        foreach (var file in Directory.EnumerateFiles(program.Folder, "*", SearchOption.AllDirectories))
            Holds(file, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));

        void Holds(string sink, string text) => Lacks(seed, secret, sink, text);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public async Task A_question_at_the_terminal_does_not_have_it(int seed)
    {
        var secret = KnownForms.Secret(new Random(seed));
        using var program = new SampleProgram();

        program.StartAtTerminal(new() { ["PIPELINE_TOKEN"] = secret }, "certainly\n", "--target", "Asks");

        Assert.Equal(0, await program.EndAsync());
        Assert.Contains("Shall this be used? ", program.Out, StringComparison.Ordinal);
        Assert.Contains("the answer was certainly, about ***", program.Out, StringComparison.Ordinal);
        // A terminal ends lines with two characters.
        Lacks(seed, secret, "the terminal", program.Out.Replace("\r\n", "\n", StringComparison.Ordinal) + program.Error);
    }

    private static void Lacks(int seed, string secret, string sink, string text)
    {
        foreach (var form in KnownForms.Of(secret))
            Assert.False(text.Contains(form, StringComparison.Ordinal), $"seed {seed}: '{form}' is in {sink}:\n{text}");
    }
}
