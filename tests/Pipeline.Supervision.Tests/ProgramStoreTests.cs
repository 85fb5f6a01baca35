namespace Pipeline.Supervision.Tests;

public sealed class ProgramStoreTests : IDisposable
{
    private readonly TemporaryDirectory root = new();

    [Fact]
    public void A_program_is_kept_once_for_each_of_its_contents()
    {
        var source = Program("one");
        var store = new ProgramStore(root.Combine("programs"));
        var first = store.Install("edge", source);
        var again = store.Install("edge", source);
        File.WriteAllText(Path.Combine(source, "sub", "edge.dll"), "two");
        var second = store.Install("edge", source);

        Assert.Equal(first, again);
        Assert.NotEqual(first, second);
        Assert.Equal("one", File.ReadAllText(Path.Combine(first, "sub", "edge.dll")));
        Assert.Equal("two", File.ReadAllText(Path.Combine(second, "sub", "edge.dll")));
        Assert.Equal(2, Directory.GetDirectories(root.Combine("programs", "edge")).Length);
    }

    [Fact]
    public void A_program_that_was_not_built_is_named()
    {
        var missing = root.Combine("not built");
        var fault = Assert.Throws<SupervisionException>(() => new ProgramStore(root.Path).Install("edge", missing));

        Assert.Equal($"program edge: no files in {missing}; build the solution first", fault.Message);
    }

    [Fact]
    public async Task Many_installers_at_once_end_with_one_folder()
    {
        var source = Program("one");
        var folders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => new ProgramStore(root.Combine("programs")).Install("edge", source), TestContext.Current.CancellationToken)));

        Assert.Single(folders.Distinct());
        Assert.Single(Directory.GetDirectories(root.Combine("programs", "edge")));
    }

    public void Dispose() => root.Dispose();

    private string Program(string content)
    {
        Directory.CreateDirectory(root.Combine("built", "sub"));
        File.WriteAllText(root.Combine("built", "edge.runtimeconfig.json"), "{}");
        File.WriteAllText(root.Combine("built", "sub", "edge.dll"), content);
        return root.Combine("built");
    }
}
