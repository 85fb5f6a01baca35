using Pipeline.Artifacts;
using Pipeline.Delivery.Ports;
using Pipeline.Images.Recipes;
using Pipeline.Testing;

namespace Pipeline.Images.Tests;

/// <summary>Images made from nothing, whatever this machine keeps of earlier ones.</summary>
public sealed class MakingTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly Lines log = new();

    [Fact]
    public async Task The_same_packages_upon_the_same_system_give_the_same_image_in_any_folder()
    {
        Needs.That(Environment.IsPrivilegedProcess, "systems are installed into folders by root only");
        Needs.Program("debootstrap");
        var node = await Folder("one").EnsureAsync(new NodeRecipe(), TestContext.Current.CancellationToken);
        CopyFolder(folder.Combine("one/debian"), folder.Combine("two/debian"));

        var again = await Folder("two").EnsureAsync(new NodeRecipe(), TestContext.Current.CancellationToken);

        Assert.Equal(node.Digest, again.Digest);
        Assert.Equal(["debian", "node", "node"], log.Told.Where(line => line.Contains(" is made", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));
    }

    [Fact]
    public async Task A_program_stands_upon_the_runtime_which_stands_upon_Debian()
    {
        Needs.That(Environment.IsPrivilegedProcess, "systems are installed into folders by root only");
        Needs.Program("debootstrap");
        var published = Directory.CreateDirectory(folder.Combine("published")).FullName;
        await File.WriteAllTextAsync(Path.Combine(published, "Some.dll"), "a program", TestContext.Current.CancellationToken);

        var program = await Folder("one").EnsureAsync(new ProgramRecipe("some", published, "Some.dll"), TestContext.Current.CancellationToken);

        var layers = (await program.Store.VerifyAsync(program.Digest, TestContext.Current.CancellationToken)).Layers;
        var runtime = BaseImage.InLayout(folder.Combine("one/base"));
        Assert.Equal((await runtime.Store.VerifyAsync(runtime.Digest, TestContext.Current.CancellationToken)).Layers, layers.SkipLast(1));
        Assert.Equal(["debian", "base", "some"], log.Told.Where(line => line.Contains(" is made", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]));
    }

    public void Dispose() => folder.Dispose();

    private ImageFolder Folder(string name) => new(folder.Combine(name), log);

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private sealed class Lines : IDeliveryLog
    {
        public List<string> Told { get; } = [];

        public void Information(string message) => Told.Add(message);

        public void Warning(string message) => Told.Add(message);
    }
}
