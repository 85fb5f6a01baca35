using Pipeline.Artifacts;
using Pipeline.Artifacts.Systems;
using Pipeline.Delivery;
using Pipeline.Delivery.Ports;
using Pipeline.Images.Recipes;
using Pipeline.Testing;

namespace Pipeline.Images.Tests;

/// <summary>What is kept and what is made again, with recipes of a few files.</summary>
public sealed class FolderTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly Lines log = new();

    [Fact]
    public async Task A_second_call_makes_nothing()
    {
        var recipe = new Small("small", null);
        var first = await Folder.EnsureAsync(recipe, TestContext.Current.CancellationToken);
        var second = await Folder.EnsureAsync(recipe, TestContext.Current.CancellationToken);
        Assert.Equal(first.Digest, second.Digest);
        Assert.Equal(1, recipe.Made);
        Assert.Equal(first.Digest, BaseImage.InLayout(folder.Combine("images/small")).Digest);
    }

    [Fact]
    public async Task Other_inputs_make_it_and_what_stands_upon_it_again_and_the_old_image_goes()
    {
        var lower = new Small("lower", null);
        var upper = new Small("upper", lower);
        await Folder.EnsureAsync(upper, TestContext.Current.CancellationToken);
        lower.Content = "another";
        var image = await Folder.EnsureAsync(upper, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), (lower.Made, upper.Made));
        Assert.Equal([image.Digest], image.Store.List().Select(each => each.Digest));
    }

    [Fact]
    public async Task What_was_damaged_is_made_again_and_said()
    {
        var recipe = new Small("small", null);
        var image = await Folder.EnsureAsync(recipe, TestContext.Current.CancellationToken);
        var layer = (await image.Store.VerifyAsync(image.Digest, TestContext.Current.CancellationToken)).Layers[0].Digest;
        await File.AppendAllTextAsync(folder.Combine($"images/small/blobs/sha256/{layer.Hex}"), "x", TestContext.Current.CancellationToken);
        Assert.Equal(image.Digest, (await Folder.EnsureAsync(recipe, TestContext.Current.CancellationToken)).Digest);
        Assert.Equal(2, recipe.Made);
        Assert.Contains(log.Warnings, line => line.StartsWith($"image small is made again: artifact {image.Digest}: its layer 1 of 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Renewing_makes_all_of_it_again()
    {
        var lower = new Small("lower", null);
        var upper = new Small("upper", lower);
        await Folder.EnsureAsync(upper, TestContext.Current.CancellationToken);
        await Folder.RenewAsync(upper, TestContext.Current.CancellationToken);
        Assert.Equal((2, 2), (lower.Made, upper.Made));
    }

    [Fact]
    public async Task All_that_the_machine_lacks_is_said_at_once_and_nothing_is_made()
    {
        var recipe = new Small("small", null) { Lacking = ["this", "that"] };
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => Folder.EnsureAsync(recipe, TestContext.Current.CancellationToken));
        Assert.Equal("image small cannot be made on this machine:\n  - this\n  - that", refused.Message);
        Assert.Equal(0, recipe.Made);
    }

    [Fact]
    public void A_program_that_was_not_published_is_named() => Assert.Equal(
        ["/does/not/exist/Some.dll is not there; publish the program first"], new ProgramRecipe("some", "/does/not/exist", "Some.dll").Faults());

    [Fact]
    public void A_runtime_that_is_not_there_is_named() =>
        Assert.Contains("/does/not/exist/dotnet is not there; install the ASP.NET Core runtime", string.Join('\n', new DotNetRecipe { Installation = "/does/not/exist" }.Faults()), StringComparison.Ordinal);

    [Fact]
    public void A_release_of_Debian_that_this_machine_has_no_source_for_is_named()
    {
        Needs.That(OperatingSystem.IsLinux(), "systems are installed on Linux");
        Assert.Contains(
            "/etc/apt names no source for Debian potato; add the site's mirror there, as in 'deb ADDRESS potato main'", new DebianRecipe { Suite = "potato" }.Faults());
    }

    public void Dispose() => folder.Dispose();

    private ImageFolder Folder => new(folder.Combine("images"), log);

    private sealed class Small(string name, IImageRecipe? below) : IImageRecipe
    {
        public string Name => name;

        public IImageRecipe? Below => below;

        public string Content { get; set; } = "one";

        public int Made { get; private set; }

        public IReadOnlyList<string> Lacking { get; init; } = [];

        public IReadOnlyList<string> Inputs => [Content];

        public IReadOnlyList<string> Faults() => Lacking;

        public async Task<SystemImageSpecification> PrepareAsync(RecipeWork work, CancellationToken cancellation)
        {
            Made++;
            await File.WriteAllTextAsync(Path.Combine(work.Folder, "file"), Content, cancellation);
            return new() { Title = name, Version = "1", Created = DateTimeOffset.UnixEpoch.AddYears(50), Layers = [new(work.Folder, "/")] };
        }
    }

    private sealed class Lines : IDeliveryLog
    {
        public List<string> Warnings { get; } = [];

        public void Information(string message)
        {
        }

        public void Warning(string message) => Warnings.Add(message);
    }
}
