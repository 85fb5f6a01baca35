namespace Build.Tests.Launcher;

[Collection("launcher")]
public sealed class NoticingChanges(SmallRepository repository)
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Changes => [.. Made.Keys];

    private static Dictionary<string, Func<Clone, Task>> Made { get; } = new()
    {
        ["a file of a library is edited"] = Do(clone => clone.Write(Words("other words"), "src", "Pipeline.Small", "Words.cs")),
        ["a file is edited and keeps its old time"] = Do(clone =>
        {
            clone.Write(Words("older words"), "src", "Pipeline.Small", "Words.cs");
            File.SetLastWriteTimeUtc(clone.File("src", "Pipeline.Small", "Words.cs"), LongAgo);
        }),
        ["a file is added in a new folder"] = Do(clone => clone.Write("internal sealed class Added;\n", "build", "Targets", "Added.cs")),
        ["a file is deleted"] = Do(clone => File.Delete(clone.File("build", "Extra.cs"))),
        ["a file is renamed"] = Do(clone => File.Move(clone.File("build", "Extra.cs"), clone.File("build", "Extra2.cs"))),
        ["a shared build file is edited"] = Do(clone =>
            clone.Write(File.ReadAllText(clone.File("Directory.Build.props")).Replace("<Version>0.1.0", "<Version>0.1.1", StringComparison.Ordinal), "Directory.Build.props")),
        ["a shared build file comes"] = Do(clone => clone.Write("<Project />", "Directory.Solution.props")),
        ["a library comes"] = Do(clone => clone.Write("""<Project Sdk="Microsoft.NET.Sdk" />""", "src", "Pipeline.New", "Pipeline.New.csproj")),
        ["another commit is checked out"] = async clone =>
        {
            await SmallRepository.GitAsync(clone.Path, "checkout", "--quiet", "-b", "other");
            clone.Write(Words("committed words"), "src", "Pipeline.Small", "Words.cs");
            await SmallRepository.GitAsync(clone.Path, "commit", "--quiet", "--all", "--message", "Other words");
        },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task It_wants_to_compile_when(string change)
    {
        var clone = await repository.WarmAsync();
        Assert.False((await repository.RunWithoutSdkAsync(clone)).WantedToCompile);
        await Made[change](clone);
        Assert.True((await repository.RunWithoutSdkAsync(clone)).WantedToCompile);
    }

    [Fact]
    public async Task What_runs_after_a_change_is_what_the_sources_say_and_it_compiles_once()
    {
        var clone = await repository.WarmAsync();
        await Made["another commit is checked out"](clone);
        await Made["a file is added in a new folder"](clone);
        await Made["a file is deleted"](clone);
        var run = await clone.RunAsync();
        Assert.True(run.Compiled, run.Errors);
        Assert.Equal(("committed words", "Added Program"), (run.Line("words"), run.Line("types")));
        Assert.False((await repository.RunWithoutSdkAsync(clone)).WantedToCompile);
    }

    [Fact]
    public async Task A_change_that_is_taken_back_needs_no_compiling()
    {
        var clone = await repository.WarmAsync();
        await Made["another commit is checked out"](clone);
        Assert.True((await repository.RunWithoutSdkAsync(clone)).WantedToCompile);
        await SmallRepository.GitAsync(clone.Path, "checkout", "--quiet", "main");
        Assert.False((await repository.RunWithoutSdkAsync(clone)).WantedToCompile);
    }

    private static string Words(string text) => $$"""namespace Small; public static class Words { public const string Text = "{{text}}"; }""";

    private static Func<Clone, Task> Do(Action<Clone> change) => clone =>
    {
        change(clone);
        return Task.CompletedTask;
    };
}
