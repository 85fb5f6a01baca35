using Pipeline.Testing;

namespace Build.Tests.Launcher;

[Collection("launcher")]
public sealed class StartingWarm(SmallRepository repository)
{
    [Fact]
    public void The_first_start_compiles_and_says_so_on_standard_error_alone()
    {
        Assert.True(repository.FirstRun.Compiled, repository.FirstRun.Errors);
        Assert.StartsWith("words: first words\n", repository.FirstRun.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_start_says_nothing_and_leaves_every_folder_as_it_is()
    {
        var clone = await repository.WarmAsync();
        await clone.RunAsync();
        var before = Folders(clone);
        var run = await clone.RunAsync();
        Assert.Equal("", run.Errors);
        Assert.Equal("words: first words", run.Output.Split('\n')[0]);
        Assert.Equal(before, Folders(clone));
    }

    [Fact]
    public async Task The_second_start_needs_no_SDK()
    {
        var run = await repository.RunWithoutSdkAsync(await repository.WarmAsync());
        Assert.Equal("", run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task A_copy_whose_files_only_look_changed_is_not_compiled()
    {
        var clone = await repository.WarmAsync();
        foreach (var file in Directory.EnumerateFiles(clone.File("build"), "*.cs"))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
        Directory.CreateDirectory(clone.File("src", "Pipeline.Small", "obj"));
        Assert.False((await repository.RunWithoutSdkAsync(clone)).WantedToCompile);
    }

    [Fact]
    public async Task Files_that_are_not_compiled_into_the_program_may_change()
    {
        var clone = await repository.WarmAsync();
        clone.Write("text", "docs", "page.md");
        clone.Write("text", "src", "Shop", "Page.cs");
        clone.Write("text", "src", "Pipeline.Small", "bin", "Release", "Generated.cs");
        Assert.False((await repository.RunWithoutSdkAsync(clone)).WantedToCompile);
    }

    [Fact]
    public async Task Arguments_arrive_one_by_one_and_the_exit_code_comes_back()
    {
        var clone = await repository.WarmAsync();
        var run = await clone.RunAsync("--target", "two words", "--empty=", "$HOME", "it's \"quoted\"");
        Assert.Equal("--target|two words|--empty=|$HOME|it's \"quoted\"", run.Line("arguments"));
        Assert.Equal(37, (await clone.RunAsync("--exit", "37")).ExitCode);
    }

    [Fact]
    public async Task It_works_from_any_folder_and_through_links()
    {
        var clone = await repository.WarmAsync();
        using var elsewhere = new TemporaryDirectory();
        Directory.CreateDirectory(elsewhere.Combine("a folder"));
        File.CreateSymbolicLink(elsewhere.Combine("a folder", "direct"), clone.File("build.sh"));
        File.CreateSymbolicLink(elsewhere.Combine("indirect"), "a folder/direct");
        foreach (var launcher in new[] { clone.File("build.sh"), "a folder/direct", "indirect", elsewhere.Combine("indirect") })
        {
            var run = await Clone.RunInAsync(elsewhere.Path, launcher, []);
            Assert.Equal(clone.Path, run.Line("folder"));
            Assert.False(run.Compiled);
        }
    }

    [Theory]
    [InlineData("TERM", "terminated")]
    [InlineData("INT", "interrupted")]
    public async Task Signals_reach_the_program_under_the_id_of_the_launcher(string signal, string answer)
    {
        var clone = await repository.WarmAsync();
        using var process = Clone.Start(clone.Path, clone.File("build.sh"), [], "--wait");
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "waiting")
        {
        }
        await Clone.SignalAsync(process, signal);
        var run = await Clone.EndAsync(process);
        Assert.Equal(answer, run.Output.Trim());
        Assert.Equal(143, run.ExitCode);
    }

    private static string[] Folders(Clone clone) => [.. Directory.GetDirectories(clone.Builds).Order(StringComparer.Ordinal)];
}
