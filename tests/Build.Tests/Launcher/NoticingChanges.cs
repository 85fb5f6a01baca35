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
            clone.Write(Words("committed words"), "src", "Pipeline.Small", "Words.cs");
            await SmallRepository.GitAsync(clone.Path, "commit", "--quiet", "--all", "--message", "Other words");
            Assert.Equal("committed words", (await clone.RunAsync()).Line("words"));
            await SmallRepository.GitAsync(clone.Path, "checkout", "--quiet", "HEAD~1");
        },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task It_compiles_once_when(string change)
    {
        var clone = await repository.WarmAsync();
        Assert.False((await clone.RunAsync()).Compiled);
        await Made[change](clone);
        var run = await clone.RunAsync();
        Assert.True(run.Compiled, run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal((Written(clone), Types(clone)), (run.Line("words"), run.Line("types")));
        Assert.False((await clone.RunAsync()).Compiled);
    }

    private static string Written(Clone clone) => File.ReadAllText(clone.File("src", "Pipeline.Small", "Words.cs")).Split('"')[1];

    private static string Types(Clone clone) => string.Join(" ", Directory.EnumerateFiles(clone.File("build"), "*.cs", SearchOption.AllDirectories)
        .Select(file => Path.GetFileNameWithoutExtension(file).TrimEnd('2')).Order(StringComparer.Ordinal));

    private static string Words(string text) => $$"""namespace Small; public static class Words { public const string Text = "{{text}}"; }""";

    private static Func<Clone, Task> Do(Action<Clone> change) => clone =>
    {
        change(clone);
        return Task.CompletedTask;
    };
}
